/** Which language a question is asked in, where that is not English, and what of it is English all the same. */

import { STOP_WORDS } from "./stop-words.ts";

/** What tells a language from English in one line of text. */
type LanguageSigns = {
  /** Short words that make up half of any sentence of it, and are none of English. */
  little: ReadonlySet<string>;
  /** Words of questions that no other language has: one says as much as two little ones. */
  clear: ReadonlySet<string>;
  /** Letters that English does not have: one is as good as a little word. */
  letters: RegExp;
};

const LANGUAGES: Readonly<Record<string, LanguageSigns>> = {
  German: {
    little: setOf(
      "der die das und ist nicht ein eine mit wie warum ich wir auf für von zu wenn kann wird sind wo welche mein den dem hat seit heute gestern noch nach auch aber oder beim vom zum bei unser unsere",
    ),
    clear: setOf(
      "nicht warum wieso weshalb keine kein wird werden welche welcher funktioniert startet festplatte voll löschen lösche zertifikat zertifikate läuft antwortet steigt wächst neustart neustarten zurücksetzen nachrichten verbindung fehlgeschlagen ändern erhöhen langsam abgestürzt speicher",
    ),
    letters: /[äöüß]/,
  },
  French: {
    little: setOf(
      "le la les des est une pourquoi comment je nous pas pour dans avec sur que qui ne du ce cette sont où mon au il",
    ),
    clear: setOf(
      "pourquoi avec cette dans sont fonctionne démarre disque plein supprimer augmenter redémarrer redemarrer démarrer erreur connexion certificat lenteur mémoire réponse répond",
    ),
    letters: /[éèêàçùîôœ]/,
  },
  Spanish: {
    little: setOf(
      "el los las una por qué que cómo como está para con en mi del se es son dónde cuando tengo hay más al",
    ),
    clear: setOf(
      "cómo qué está dónde cuándo funciona arranca disco lleno borrar eliminar reiniciar reinicio mensajes servidor conexión certificado lento memoria aumentar",
    ),
    letters: /[ñáíóú¿¡]/,
  },
  Portuguese: {
    little: setOf(
      "os as um uma por que como está não para com em meu do da dos se são onde quando tenho há mais ao o",
    ),
    clear: setOf(
      "não são onde quando cheio apagar excluir mensagens conexão reinicie aumentar certificado está",
    ),
    letters: /[ãõçâêô]/,
  },
  Italian: {
    little: setOf(
      "il lo gli una perché come non per con nel mio del della sono dove quando ho è di che si alla più",
    ),
    clear: setOf(
      "perché perche sono dove della funziona pieno cancellare riavviare messaggi errore connessione certificato lento memoria aumentare",
    ),
    letters: /[àèìòù]/,
  },
  Dutch: {
    little: setOf(
      "het een van niet met hoe waarom ik wij op voor te zo hoog als kan wordt zijn waar welke mijn en dat er bij",
    ),
    clear: setOf(
      "waarom niet wordt zijn voor geen schijf verwijderen berichten opnieuw traag certificaat geheugen verlopen",
    ),
    letters: /[ëï]/,
  },
  Swedish: {
    little: setOf("och är det inte hur varför jag vi på för att ett med som kan när var den har"),
    clear: setOf("varför inte är startar"),
    letters: /[åäö]/,
  },
  Polish: {
    little: setOf("jest nie dlaczego jak na w z do się że to co gdzie kiedy mój czy są dla od po"),
    clear: setOf("dlaczego jest się gdzie kiedy działa"),
    letters: /[ąćęłńśźż]/,
  },
  Czech: {
    little: setOf("je není proč jak na v s do se že to co kde kdy můj jsou pro od po"),
    clear: setOf("proč není jsou kde nefunguje"),
    letters: /[ěščřžýůňťď]/,
  },
  Turkish: {
    little: setOf(
      "neden nasıl bir bu ve için ile değil var yok mi mı ne nerede çok daha gibi olan",
    ),
    clear: setOf("neden nasıl için değil nerede çalışmıyor"),
    letters: /[ğışçöü]/,
  },
  Vietnamese: {
    little: setOf("tại sao không là của và làm thế nào có bị khi này được"),
    clear: setOf("không tại được thế"),
    letters: /[ăâđêôơưạảấầẩậắằẵặẹẻếềểễệịọỏốồổộớờởợụủứừửữựỳỵ]/,
  },
  Indonesian: {
    little: setOf("mengapa kenapa bagaimana tidak yang dan di ke dari untuk ini itu apa cara"),
    clear: setOf("mengapa kenapa bagaimana tidak"),
    letters: /(?!)/,
  },
};

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/gu, "Japanese"],
  [/\p{Script=Hangul}/gu, "Korean"],
  [/\p{Script=Han}/gu, "Chinese"],
  [/\p{Script=Cyrillic}/gu, "Russian or another Slavic language"],
  [/\p{Script=Arabic}/gu, "Arabic"],
  [/\p{Script=Greek}/gu, "Greek"],
  [/\p{Script=Hebrew}/gu, "Hebrew"],
  [/\p{Script=Thai}/gu, "Thai"],
  [/\p{Script=Devanagari}/gu, "Hindi"],
];

/** At least so many, and this share, of a sentence's words must be one language's little words. */
const LITTLE_WORDS = { least: 2, share: 0.3 };

/** The language of a question that is not asked in English, as English calls it. */
export function otherLanguage(text: string): string | undefined {
  const script = BEYOND_LATIN.test(text) ? scriptOf(text) : undefined;
  if (script !== undefined) return script;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = Object.entries(LANGUAGES).map(([name, signs]) => ({
    name,
    count: signsOf(words, signs),
  }));
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const best = counts.reduce((most, each) => (each.count > most.count ? each : most));
  const isEnough =
    best.count >= LITTLE_WORDS.least && best.count >= words.length * LITTLE_WORDS.share;
  return isEnough && best.count > english ? best.name : undefined;
}

/** Behind Latin's last letter with a mark: a text without one has no other script in it. */
const BEYOND_LATIN = /[\u0250-\uffff]/;

/**
 * What of a text in another script stands there in Latin letters: names and terms, which people of all
 * languages write as the pages do. Undefined in a text without any, or without anything else.
 */
export function latinPart(text: string): string | undefined {
  if (!BEYOND_LATIN.test(text)) return undefined;
  const part = text.replace(NOT_LATIN, " ").trim();
  return part === text.trim() || !/\p{L}{2}/u.test(part) ? undefined : part;
}

const NOT_LATIN = /(?:(?!\p{Script=Latin})[\p{L}\p{M}])+/gu;

/**
 * The words of a text in another language that `isKnown`, as they stand: "warum steigt der consumer lag" asks
 * for the consumer lag. Undefined where none is, or all are, and where they only say what it is all about.
 */
export function knownPart(text: string, isKnown: (word: string) => boolean): string | undefined {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}_.-]*/gu) ?? [];
  const known = words.filter((word) => {
    const small = word.toLowerCase();
    return !LITTLE.has(small) && isKnown(small);
  });
  const isTelling = known.some((word) => !USUAL.has(word.toLowerCase()));
  return isTelling && known.length < words.length ? known.join(" ") : undefined;
}

function scriptOf(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, name] of SCRIPTS) {
    const own = text.match(script)?.length ?? 0;
    if (own * 3 > letters) return name;
  }
  return undefined;
}

function signsOf(words: readonly string[], { little, clear, letters }: LanguageSigns): number {
  const telling = words.filter((word) => word.length > 1 && !ENGLISH.has(word));
  const ofWords =
    telling.filter((word) => little.has(word) || clear.has(word)).length +
    telling.filter((word) => clear.has(word)).length;
  return ofWords > 0 && words.some((word) => letters.test(word)) ? ofWords + 1 : ofWords;
}

const ENGLISH = setOf(
  "the a an is are was not why how what when where which who do does can could should my our your i we you it on for from to with in of and or if this that there has have no as at by be",
);

/** What is no term in any of the languages; "on" is one of "on call". */
const LITTLE: ReadonlySet<string> = new Set(
  [
    ...Object.values(LANGUAGES).flatMap(({ little, clear }) => [...little, ...clear]),
    ...ENGLISH,
    ...STOP_WORDS,
  ].filter((word) => word !== "on"),
);

/** Alone these name no section: everything is about them. */
const USUAL = setOf(
  "topic topics broker brokers kafka server cluster consumer consumers producer producers client clients streamline message messages node on",
);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
