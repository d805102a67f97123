/**
 * Collections by others, in the three layouts that are common: a page per alert
 * (prometheus-operator), pages by service with alerts in headings (GitLab), and one page
 * with a heading per alert (Grafana's products). None has our front matter.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildLibrary } from "../../src/knowledge/library.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";

const PAGES: Readonly<Record<string, string>> = {
  "content/runbooks/shop/ShopCartStalled.md":
    "---\ntitle: Shop Cart Stalled\nweight: 20\n---\n\n# ShopCartStalled\n\n## Meaning\n\nThe cart does not move.\n\n## Impact\n\nNobody can buy.\n\n## Diagnosis\n\nLook at the cart's log.\n\n## Mitigation\n\nPush it.\n",
  "content/runbooks/shop/ShopTillClosed.md":
    "---\ntitle: Shop Till Closed\nweight: 20\n---\n\n# ShopTillClosed\n\n## Meaning\n\nThe till is shut.\n\n## Mitigation\n\nOpen it.\n",
  "docs/ledger/README.md":
    "<!-- MARKER: do not edit -->\n\n# Ledger Service\n\n* [dashboard](https://example.com)\n\n## Alerts\n\n### `LedgerWritesFailing`\n\nThe ledger refuses rows.\n\n## Summary\n\nIt keeps the books.\n",
  "docs/sources/playbooks.md":
    "---\ndescription: Playbooks\nmenuTitle: Playbooks\ntitle: Mill playbooks\n---\n\n# Mill playbooks\n\n## Alerts\n\n### MillGrinderUnhealthy\n\nThe grinder is ill.\n\nHow to **investigate**:\n\n- Look inside.\n\n### MillSiftsTooSlowly\n\nSifting takes long.\n",
};

const pages = Object.entries(PAGES).map(([file, text]) => {
  const result = readPage({ file, folder: "others", text });
  assert.equal(result.kind, "page");
  assert.deepEqual(result.problems, []);
  return result.page;
});
const library = buildLibrary(pages, []);

const WHERE: readonly [string, string][] = [
  ["ShopCartStalled", "content/runbooks/shop/ShopCartStalled.md"],
  ["LedgerWritesFailing", "docs/ledger/README.md#ledgerwritesfailing"],
  ["MillSiftsTooSlowly", "docs/sources/playbooks.md#millsiftstooslowly"],
];
for (const [alert, where] of WHERE) {
  test(`${alert} finds its runbook without front matter`, () => {
    assert.ok(library.runbookSections(alert).some(({ id }) => id.startsWith(where)));
    assert.equal(library.runbookFor(alert)?.file, where.split("#")[0]);
  });

  test(`a search for ${alert}, for it in words, and with a typo leads there`, async () => {
    const search = await createSearch(searchSections(library));
    const inWords = alert.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
    const mistyped = `${alert.slice(0, 6)}${alert.slice(7)}`;
    for (const question of [alert, inWords, mistyped]) {
      const [best] = await search.search(question, 3);
      assert.ok(best?.id.startsWith(where), `${question} => ${best?.id}`);
    }
  });
}
