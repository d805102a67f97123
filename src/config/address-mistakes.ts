/** What is wrong with a text that was meant as an address, with what to write instead. */

const LAST_PORT = 65_535;
const PAGES = /\/(?:metrics|health(?:\/(?:live|ready))?|info)\/?$/;

/** Several colons and nothing else that a name could have; a zone is of one machine only. */
const BARE_IPV6 = /^([\da-f]*:[\da-f]*:[\da-f:.]*)(%\w+)?$/i;

/** Of the base address of an HTTP API, as the end of a sentence about it; undefined for one that may be right. */
export function httpMistake(text: string, port: number): string | undefined {
  const [, address, zone] = BARE_IPV6.exec(text) ?? [];
  if (address !== undefined) {
    return zone === undefined
      ? `is an IPv6 address, which stands in brackets: write http://[${address}]:${port}`
      : `has a zone (${zone}), which an address of HTTP cannot have: write a global address, http://[ADDRESS]:${port}`;
  }
  const [, scheme, rest = ""] = /^(https?)(?:\/+|[:;]\/?(?!\/)|;\/\/)(?=\D)(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined && !text.includes("://")) {
    return `has a mistake after ${scheme}: write ${scheme.toLowerCase()}://${rest.replace(/^\/+/, "")}`;
  }
  if (/^(?:unix:|\/|\.\/)/i.test(text)) {
    return `is a path, and only servers behind a port can be asked: write http://HOST:${port}`;
  }
  const [, other] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (other !== undefined && !/^https?$/i.test(other)) {
    return `begins with ${other}://: write http:// or https://`;
  }
  const [, tooHigh] = /^(?:https?:\/\/)?(?:\[[^\]]*\]|[^/:]*):(\d+)(?:\/|$)/i.exec(text) ?? [];
  if (tooHigh !== undefined && (Number(tooHigh) > LAST_PORT || Number(tooHigh) < 1)) {
    return `has the port ${tooHigh}, and ports go from 1 to ${LAST_PORT}`;
  }
  return PAGES.test(text)
    ? `is that of one page: write ${text.replace(PAGES, "")}, without the path`
    : undefined;
}

/** Of `host:port`. */
export function hostPortMistake(text: string, port: number): string | undefined {
  const [, address, zone] = BARE_IPV6.exec(text) ?? [];
  if (address !== undefined && zone === undefined) {
    return `is an IPv6 address, which stands in brackets: write [ADDRESS]:${port}`;
  }
  const [, scheme, rest = ""] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined) {
    return `begins with ${scheme}://: write ${rest.replace(/\/.*$/, "")}, without it`;
  }
  if (text.includes(",")) return "names several: write one of them";
  if (/^(?:\[[\da-f:.]+\]|[^\s:/@[\]]+)$/i.test(text)) return `has no port: write ${text}:${port}`;
  const [, typed] = /:(\d+)$/.exec(text) ?? [];
  return typed !== undefined && (Number(typed) > LAST_PORT || Number(typed) < 1)
    ? `has the port ${typed}, and ports go from 1 to ${LAST_PORT}`
    : undefined;
}
