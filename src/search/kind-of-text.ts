/** What somebody wrote, before anything is looked up: a question, thanks, or another language. */

const KINDNESS =
  "(?: for (?:the |your )?(?:quick |fast )?(?:help|answer|reply|information|info|hint|tip|update|looking|checking|that|this))";
const COURTESY =
  "merci(?: beaucoup)?|ça marche|danke(?: schön| dir)?|(?:muchas )?gracias|obrigad[oa]|grazie(?: mille)?|bedankt|tack|" +
  "спасибо|谢谢|ありがとう(?:ございます)?|감사합니다|" +
  "merci bcp|vielen dank|dankeschön|dank je|" +
  `(?:many |big |huge )?(?:thanks|thank (?:you|u)|thx|tnx|ty|tysm|cheers|kudos)(?: a (?:lot|ton|bunch|million)| so much| very much| again| in advance)?${KINDNESS}?|` +
  "(?:much |(?:i )?really |i )?appreciate(?:d| it| that| the help)?|(?:you(?:['’]re| are) )?(?:a )?life ?saver|you rock|you(?:['’]re| are) (?:the best|welcome|great|awesome)|" +
  "(?:that |this |it )?(?:was it|helped|helps|worked|works(?: now)?|solved it|fixed it|did (?:it|the (?:trick|job))|is fixed|is solved)|" +
  "(?:that['’]?s|that is|this is) (?:all|it|great|perfect|helpful|what i needed)|" +
  "(?:great|nice|good|well) (?:work|job|bot|one|point|catch|done|to know|stuff|answer)|sounds (?:good|great)|makes sense|brilliant|excellent|" +
  "(?:it )?works again|back to normal|all good(?: now)?|(?:all )?(?:fixed|solved|resolved)(?: now)?|" +
  "ok(?:ay)?|k|kk|got it|cool|great|nice|perfect|awesome|lol|haha|yay|wow|hi|hello|hey|good (?:morning|afternoon|evening|day|night)|" +
  "bye|see you|welcome|np|yes|no|yep|yeah|nope|sorry|please|will do|on it|done|noted|sure|right|exactly|" +
  "understood|agreed|never ?mind|no worries|no problem|my bad|looking|checking|me too|same here|" +
  "have a (?:good|nice|great) (?:day|evening|night|weekend|one)";
const ADDRESSED = "(?:bot|streamline|all|everyone|everybody|team|there|folks|guys|sir|mate)";
const COURTESIES = new RegExp(
  `^(?:${COURTESY})(?:[ ,;:-]+(?:and |then |i(?:'ll)? )?(?:${COURTESY}|${ADDRESSED}))*$`,
  "i",
);
/** A longer text has more to say. */
const LONGEST_COURTESY = 120;

/** Thanks, a greeting, a word of agreement: there is nothing to look up. */
export function isCourtesy(text: string): boolean {
  const words = withoutSigns(text);
  if (words === "") return THANKS_SIGN.test(text);
  return words.length <= LONGEST_COURTESY && COURTESIES.test(words);
}

/** Marks and signs alone, ":fire:" or "???": there is nothing to look up, and nothing to answer. */
export function isWordless(text: string): boolean {
  return text.trim() !== "" && !/[\p{L}\p{N}]/u.test(withoutSigns(text));
}

/** Without emoji, however Slack sends them, and without the marks of a sentence. */
function withoutSigns(text: string): string {
  return text
    .replace(/:[\w+-]+:|(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)/gu, " ")
    .replace(/[!.,…?]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Thumbs up, folded hands, hearts, applause, smiles, ticks: a thank you or a yes without words. By their code
 * points: an emoji that stands in the bot's texts is one that it writes, and the sandbox draws all of those.
 */
const THANKS_SIGN =
  /[\u{1F44D}\u{1F44C}\u{1F64F}\u{1F44F}\u{1F64C}\u{1F91D}\u{1F4AA}\u{1F389}\u{1F38A}\u{1F973}\u2705\u2714\u{1F4AF}\u{1F642}\u{1F60A}\u{1F600}\u{1F603}\u{1F604}\u{1F601}\u{1F917}\u{1F60D}\u{1F970}\u{1F60E}\u{1F647}\u{1FAE1}\u{1FAF6}\u2764\u{1F499}\u{1F49A}\u{1F49B}\u{1F9E1}\u{1F49C}\u{1FA75}\u2B50\u{1F31F}\u2728\u{1F3C6}]|:(?:\+1|thumbs_?up|ok_hand|pray|clap|raised_hands|handshake|muscle|tada|confetti_ball|partying_face|white_check_mark|heavy_check_mark|100|(?:slightly_)?smil\w+|smiley|grin(?:ning)?|blush|hugging_face|bow|saluting_face|heart\w*|\w+_heart|star\d?|sparkles|trophy|thank\w*|ty)(?::|::skin-tone-\d:)/u;

/** What is said to the bot about itself, and what it is asked about itself. */
const ABOUT_BOT =
  /^(?:(?:hey|hi|ok|bot|streamline)[ ,]+)*(?:(?:you(?:['’]re| are|re)|u r)(?! not\b| \w+ing\b)|are you (?:an?|the|real|human|ok|okay|sure|there|alive|stupid|kidding|serious)\b|(?:how|who|what) are you\b|who (?:made|built|wrote) you\b|what do you think\b|do you (?:like|love|hate|dream|sleep)\b)/i;
const LONGEST_ABOUT_BOT = 60;

/** "You are useless", "are you human": no runbook is about the bot's own person. */
export function isAboutBot(text: string): boolean {
  const said = text.trim();
  return said.length <= LONGEST_ABOUT_BOT && ABOUT_BOT.test(said);
}

const ACTS =
  "(?:restart|reboot|stop|start|kill|delete|remove|drop|create|add|rename|move|scale|deploy|install|upgrade|update|reset|purge|empty|open|close|call|order|send|book|fix|turn|run)";
const ASKED = new RegExp(
  `^(?:(?:please|pls|plz)\\s+${ACTS}\\b|(?:can|could|would|will) (?:you|u)\\s+(?:please\\s+)?${ACTS}\\b|${ACTS}\\b.*\\b(?:for me|please|pls|plz)\\W*$)`,
  "is",
);

/** "Restart the server for me please": the bot does no such thing, and whether the pages are wanted is a guess. */
export function asksToAct(text: string): boolean {
  return ASKED.test(text.trim());
}

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
      "nicht warum wieso weshalb keine kein wird werden welche welcher funktioniert startet",
    ),
    letters: /[äöüß]/,
  },
  French: {
    little: setOf(
      "le la les des est une pourquoi comment je nous pas pour dans avec sur que qui ne du ce cette sont où mon au il",
    ),
    clear: setOf("pourquoi avec cette dans sont fonctionne démarre"),
    letters: /[éèêàçùîôœ]/,
  },
  Spanish: {
    little: setOf(
      "el los las una por qué que cómo como está para con en mi del se es son dónde cuando tengo hay más al",
    ),
    clear: setOf("cómo qué está dónde cuándo funciona arranca"),
    letters: /[ñáíóú¿¡]/,
  },
  Portuguese: {
    little: setOf(
      "os as um uma por que como está não para com em meu do da dos se são onde quando tenho há mais ao o",
    ),
    clear: setOf("não são onde quando"),
    letters: /[ãõçâêô]/,
  },
  Italian: {
    little: setOf(
      "il lo gli una perché come non per con nel mio del della sono dove quando ho è di che si alla più",
    ),
    clear: setOf("perché perche sono dove della funziona"),
    letters: /[àèìòù]/,
  },
  Dutch: {
    little: setOf(
      "het een van niet met hoe waarom ik wij op voor te als kan wordt zijn waar welke mijn en dat er bij",
    ),
    clear: setOf("waarom niet wordt zijn voor geen"),
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

const NOT_LATIN = /(?!\p{Script=Latin})[\p{L}\p{M}]+/gu;

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

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
