/** Links that carry the labels of a group: to its silence, or to its alerts, in Alertmanager. */

/** `…/#/silences/new?filter={alertname="DiskFull", path="/var"}`, encoded. */
const FILTER = /[?&]filter=([^&#]+)/;
const MATCHER = /(?<!\w)([A-Za-z_]\w{0,99})="((?:[^"\\]|\\.){0,1000})"/g;

/** Empty when the link carries none. */
export function labelsInLink(link: string): Record<string, string> {
  const filter = FILTER.exec(link)?.[1];
  const text = filter === undefined ? undefined : decoded(filter);
  if (text === undefined) return {};
  return Object.fromEntries(
    [...text.matchAll(MATCHER)].map(([, name = "", value = ""]) => [
      name,
      value.replace(/\\(.)/g, "$1"),
    ]),
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return undefined;
  }
}
