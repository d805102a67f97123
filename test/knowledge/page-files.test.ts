/** Pages in the encodings that editors write. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodePage } from "../../src/knowledge/page-files.ts";

const PAGE = "# Größe\n\nStop – then “wait”.\n";
const swapped = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("a page is read in", () => {
  const encodings: readonly [string, Buffer][] = [
    ["UTF-8", Buffer.from(PAGE)],
    ["UTF-16 LE with its mark", Buffer.from(`\uFEFF${PAGE}`, "utf16le")],
    ["UTF-16 BE with its mark", swapped(`\uFEFF${PAGE}`)],
    ["UTF-16 LE without it", Buffer.from(PAGE, "utf16le")],
    ["UTF-16 BE without it", swapped(PAGE)],
    ["lines ended by CR LF", Buffer.from(PAGE.replace(/\n/g, "\r\n"))],
    ["lines ended by CR", Buffer.from(PAGE.replace(/\n/g, "\r"))],
    [
      "characters that nobody sees",
      Buffer.from("# Grö\u00ADße\n\nSt\u200Bop – then\u00A0“wait”.\n"),
    ],
    ["Windows-1252", Buffer.from("# Gr\xf6\xdfe\n\nStop \x96 then \x93wait\x94.\n", "latin1")],
  ];
  for (const [name, bytes] of encodings) {
    test(name, () => assert.deepEqual(decodePage(bytes), { text: PAGE }));
  }
});

test("a sign that nobody sees ends bold words behind a blank, and begins none there", () => {
  const written = "A\u200B**disk \u200B**\u200B: full, but \u200B**now**.\n";
  assert.equal(decodePage(Buffer.from(written))?.text, "A**disk** : full, but **now**.\n");
});

/** In our own words, of some length: a few characters would fit into any encoding. */
const JA = "# 遅延\n\nフォロワーがリーダーに追いつかない。ディスクを確認してから再起動する。\n";
const ZH = "# 延迟\n\n副本跟不上主节点的时候，先检查磁盘空间，然后再重新启动服务。\n";
const TW = "# 延遲\n\n副本跟不上主節點的時候，先檢查磁碟空間，然後再重新啟動服務。\n";
const KO =
  "# 지연\n\n복제본이 리더를 따라가지 못하면 먼저 디스크 공간을 확인하고 서비스를 다시 시작한다.\n";
const TR =
  "# Gecikme\n\nDisk dolduğunda önce şu komutu çalıştırın, sonra servisi yeniden başlatın: İş sırası.\n";
const RU = "# Задержка\n\nЕсли реплика отстаёт от лидера, сначала проверьте место на диске.\n";

/** What the platform decodes, the other way round. */
function encoded(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const bytes = new Map<string, readonly number[]>();
  const learn = (...code: number[]): void => {
    try {
      const sign = decoder.decode(Uint8Array.from(code));
      if (!bytes.has(sign)) bytes.set(sign, code);
    } catch {
      // No character has this code.
    }
  };
  for (let lead = 0; lead < 256; lead += 1) learn(lead);
  for (let lead = 0x81; lead < 0xff; lead += 1)
    for (let trail = 0x40; trail < 0xff; trail += 1) learn(lead, trail);
  return Buffer.from(Array.from(text).flatMap((sign) => bytes.get(sign) ?? assert.fail(sign)));
}

describe("an encoding is told where it is certain:", () => {
  const pages: readonly [encoding: string, text: string][] = [
    ["shift_jis", JA],
    ["euc-jp", JA],
    ["gb18030", ZH],
    ["big5", TW],
    ["euc-kr", KO],
    ["windows-1254", TR],
    ["windows-1251", RU],
    ["koi8-r", RU],
    ["ibm866", RU],
    ["iso-8859-5", RU],
  ];
  for (const [encoding, text] of pages) {
    test(encoding, () => assert.deepEqual(decodePage(encoded(text, encoding)), { text }));
  }
  const wide: readonly (readonly [letters: string, text: string])[] = [
    ["Japanese", JA],
    ["Chinese", ZH],
    ["Korean", KO],
    ["Russian", RU],
    ["a few letters", "# A\n"],
  ];
  for (const [letters, text] of wide) {
    test(`UTF-16 without its mark, in ${letters}`, () => {
      assert.deepEqual(decodePage(Buffer.from(text, "utf16le")), { text });
      assert.deepEqual(decodePage(swapped(text)), { text });
    });
  }
  test("signs that nobody sees at the left, which make no code of words", () => {
    const written =
      "- a\n\n\u200B\tB [c](d)\n\n\u00A0\u00A0- e\n\n```\n\u00A0\u00A0\u00A0\u00A0f\n```\n";
    const text = "- a\n\n   B [c](d)\n\n  - e\n\n```\n    f\n```\n";
    assert.deepEqual(decodePage(Buffer.from(written)), { text });
  });
  test("ISO-2022-JP, which is all ASCII", () => {
    const bytes = Buffer.from("# \x1b$BCY1d\x1b(B\n", "latin1");
    assert.deepEqual(decodePage(bytes), { text: "# 遅延\n" });
  });
  test("as the page declares it, however little it says", () => {
    const text = '<meta charset="windows-1253">\n\n# Δίσκος\n';
    assert.deepEqual(decodePage(encoded(text, "windows-1253")), { text });
  });
});

test("Western text is Windows-1252, however much of it there is", () => {
  for (const words of [
    "größer für über schön läuft später prüft löscht",
    "à la fin, le système a été arrêté après l'échec du contrôle où ça s'était déjà répété",
    "þjónninn er fullur og þá þarf að eyða, síðan ræsa aftur",
    "ação não concluída, órgão, é só isso; años, también, ¿qué pasó?",
  ]) {
    const text = `# A\n\n${`${words}\n`.repeat(9)}`;
    assert.deepEqual(decodePage(Buffer.from(text, "latin1")), { text });
  }
});

test("an encoding that cannot be told is said, with the line, and the page stays", () => {
  for (const [encoding, words] of [
    ["windows-1253", "ο δίσκος είναι γεμάτος και η υπηρεσία σταμάτησε"],
    ["windows-1255", "הדיסק מלא והשירות נעצר"],
    ["windows-1254", "disk dolu ve servis durmuş"],
    ["windows-1250", "dysk jest pełny i usługa została wyłączona"],
  ] as const) {
    const page = decodePage(encoded(`# Disk\n\ndf -h /data\n\n${words}\n`, encoding));
    assert.match(page?.text ?? "", /df -h \/data/);
    assert.deepEqual([page?.doubt?.line, page?.doubt?.reason.slice(0, 15)], [5, "it is not UTF-8"]);
  }
});

test("letters of MS-DOS are doubted", () => {
  for (const words of ["sp\x84ter l\x94schen", "d\x82marrer", "bl\x86 f\x94r"]) {
    const page = decodePage(Buffer.from(`# Disk\n\n${words}\n`, "latin1"));
    assert.deepEqual([page?.doubt?.line, page?.doubt?.reason.slice(0, 15)], [3, "it is not UTF-8"]);
  }
});

test("UTF-8 with a few broken bytes is UTF-8, and says where they are", () => {
  const bytes = Buffer.concat([
    Buffer.from(`${JA}\nx`),
    Buffer.from([0xe9, 0xff]),
    Buffer.from("y\n"),
  ]);
  const page = decodePage(bytes);
  assert.equal(page?.text, `${JA}\nx\uFFFD\uFFFDy\n`);
  assert.deepEqual([page?.doubt?.line, page?.doubt?.reason.slice(0, 16)], [5, "2 of its charact"]);
});

test("bytes of zero in a text cost themselves, and are said once", () => {
  const page = decodePage(Buffer.from("# Größe\n\na\0b and\0 more\n"));
  assert.equal(page?.text, "# Größe\n\nab and more\n");
  assert.deepEqual(
    [page?.doubt?.line, page?.doubt?.reason.slice(0, 25)],
    [3, "it has 2 bytes of zero, t"],
  );
  const tail = decodePage(Buffer.concat([Buffer.from("# A\n\nx\n"), Buffer.alloc(5_000)]));
  assert.equal(tail?.text, "# A\n\nx\n");
  assert.match(tail?.doubt?.reason ?? "", /5000 bytes of zero/);
});

test("what is no text is none", () => {
  for (const bytes of [
    Buffer.alloc(4_096),
    Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0", "latin1"),
    Buffer.from(`%PDF-1.4\n%\xe2\xe3\xcf\xd3\n${"\x01\x02\xfe".repeat(40)}`, "latin1"),
    Buffer.concat(
      Array.from({ length: 9 }, () => [Buffer.from("name.txt"), Buffer.alloc(92)])
        .flat()
        .concat(Buffer.from("x")),
    ),
    Uint8Array.from({ length: 512 }, (_, at) => at % 256),
  ]) {
    assert.equal(decodePage(bytes), undefined);
  }
});

test("what nobody sees before a fence keeps no code from its block", () => {
  const text = decodePage(Buffer.from("\uFFFC```\na\n```\n"))?.text;
  assert.equal(text, "```\na\n```\n");
});
