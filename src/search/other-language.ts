/** Which language a question is asked in, where that is not English, and what of it is English all the same. */

import { foreignPieces, foreignWords } from "./foreign-terms.ts";
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
      "der die das und ist nicht ein eine mit wie warum ich wir auf für von zu wenn kann wird sind wo welche finde viele mein den dem hat seit heute gestern noch nach auch aber oder beim vom zum bei unser unsere",
    ),
    clear: setOf(
      "nicht warum wieso weshalb keine kein wird werden welche welcher funktioniert startet festplatte voll löschen lösche zertifikat zertifikate läuft antwortet steigt wächst neustart neustarten zurücksetzen nachrichten verbindung fehlgeschlagen ändern erhöhen langsam abgestürzt speicher",
    ),
    letters: /[äöüß]/,
  },
  French: {
    little: setOf(
      "de se au aux un depuis sans le la les des est une pourquoi comment je nous pas pour dans avec sur que qui ne du ce cette sont où mon au il",
    ),
    clear: setOf(
      "pourquoi avec cette dans sont faire fonctionne démarre disque plein supprimer augmenter redémarrer redemarrer démarrer erreur connexion certificat lenteur mémoire réponse répond",
    ),
    letters: /[éèêàçùîôœ]/,
  },
  Spanish: {
    little: setOf(
      "de un desde otra otro puedo demasiado demasiados el los las una por qué que cómo como está para con en mi del se es son dónde cuando tengo hay más al",
    ),
    clear: setOf(
      "cómo qué está dónde cuándo funciona arranca disco lleno borrar eliminar reiniciar reinicio mensajes servidor conexión certificado lento memoria aumentar",
    ),
    letters: /[ñáíóú¿¡]/,
  },
  Portuguese: {
    little: setOf(
      "de até posso consigo outra outro os as um uma por que como está não para com em meu do da dos se são onde quando tenho há mais ao o",
    ),
    clear: setOf(
      "não são depois memória venceu encheu servidor precisa quanta onde quando cheio apagar excluir mensagens conexão reinicie aumentar certificado está",
    ),
    letters: /[ãõçâêôáéíóú]/,
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
  const telling = words.filter((word) => word.length > 1 && !ENGLISH.has(word));
  const own = Object.entries(LANGUAGES).map(([name, signs]) => {
    const letters = words.filter((word) => signs.letters.test(word)).length;
    const ofWords = signsOf(telling, signs);
    return { name, letters, count: ofWords > 0 && letters > 0 ? ofWords + 1 : ofWords };
  });
  const best = own.toSorted((a, b) => b.count - a.count || b.letters - a.letters)[0];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const isPlainEnglish = english > 0 && best?.count === 0;
  const count = isPlainEnglish ? 0 : (best?.count ?? 0) + foreignWords(words);
  const isEnough = count >= LITTLE_WORDS.least && count >= words.length * LITTLE_WORDS.share;
  if (!isEnough || count <= english || best === undefined) return undefined;
  return best.count + best.letters > 0 ? best.name : "another language";
}

/** Behind Latin's last letter with a mark: a text without one has no other script in it. */
const BEYOND_LATIN = /[\u0250-\uffff]/;

/**
 * What a text in another language says in terms of the pages, in its order: what has an English word, and
 * the words that `isKnown`, as they stand: "warum steigt der consumer lag" is about a growing consumer lag.
 * In a text of another script all Latin words are names and terms. Undefined where nothing is left but what
 * it is all about, or nothing was other than English.
 */
export function englishTerms(
  text: string,
  isKnown: (word: string) => boolean,
): { terms: string; isTranslated: boolean } | undefined {
  const isOtherScript = BEYOND_LATIN.test(text) && scriptOf(text) !== undefined;
  const isTerm = (said: string): boolean =>
    isOtherScript ||
    (said.length > 2 && !LITTLE.has(said.toLowerCase()) && isKnown(said.toLowerCase()));
  const pieces = foreignPieces(text);
  const told = pieces.flatMap(({ said, english }) => english ?? (isTerm(said) ? said : []));
  const isTelling =
    told.some((word) => !USUAL.has(word.toLowerCase())) && !OF_ANYTHING.has(told.join(" "));
  if (!isTelling || (told.length === pieces.length && told.join(" ") === text)) return undefined;
  const isTranslated = pieces.some(({ english }) => english !== undefined);
  return { terms: [...new Set(told)].join(" "), isTranslated };
}

function scriptOf(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, name] of SCRIPTS) {
    const own = text.match(script)?.length ?? 0;
    if (own * 3 > letters) return name;
  }
  return undefined;
}

function signsOf(telling: readonly string[], { little, clear }: LanguageSigns): number {
  const isClear = (word: string): boolean => clear.has(word);
  const isSign = (word: string): boolean => little.has(word) || isClear(word);
  return telling.filter(isSign).length + telling.filter(isClear).length;
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
    "plus",
  ].filter((word) => word !== "on"),
);

/** Alone these name no section: everything is about them. */
const USUAL = setOf(
  "topic topics broker brokers kafka server cluster consumer consumers producer producers client clients streamline message messages node on",
);

/** Alone these are said of anything. */
const OF_ANYTHING = setOf(
  "slow high growing start change create add delete error not read write send lost",
);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
