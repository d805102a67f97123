/** A figure of the bot's own /metrics, by its name with its labels; NaN when it is not there. */
export async function ownMetric(url: string, name: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/metrics`);
    const line = (await answer.text()).split("\n").find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  } catch {
    // A machine with other work may not even connect in time; the next scrape tells.
    return Number.NaN;
  }
}
