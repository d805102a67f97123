/** What somebody wrote, before anything is looked up: a question, thanks, or nothing that could be found. */

const KINDNESS =
  "(?: for (?:the |your )?(?:quick |fast )?(?:help|answer|reply|information|info|hint|tip|update|looking|checking|that|this))";
const COURTESY =
  "merci(?: beaucoup)?|ça marche|danke(?: schön| dir)?|(?:muchas )?gracias|obrigad[oa]|grazie(?: mille)?|bedankt|tack|" +
  "спасибо|谢谢|ありがとう(?:ございます)?|감사합니다|" +
  "(?:es )?hat (?:geklappt|geholfen)|ça a marché|(?:ya )?funcionó|funcionou|deu certo|ha funzionato|помогло|заработало|搞定了?|好的|助かりました|" +
  "merci bcp|vielen dank|dankeschön|dank je|" +
  `(?:many |big |huge )?(?:thanks|thank (?:you|u)|thx|tnx|ty|tysm|cheers|kudos)(?: a (?:lot|ton|bunch|million)| so much| very much| again| in advance)?${KINDNESS}?|` +
  "(?:much |(?:i )?really |i )?appreciate(?:d| it| that| the help)?|(?:you(?:['’]re| are) )?(?:a )?life ?saver|you rock|you(?:['’]re| are) (?:the best|welcome|great|awesome)|" +
  "(?:that |this |it )?(?:was it|helped|helps|worked|works(?: now)?|solved it|fixed it|did (?:it|the (?:trick|job))|is fixed|is solved)|" +
  "(?:that['’]?s|that is|this is) (?:all|it|great|perfect|helpful|what i needed)|" +
  "(?:great|nice|good|well) (?:work|job|bot|one|point|catch|done|to know|stuff|answer)|sounds (?:good|great)|makes sense|brilliant|excellent|" +
  "(?:it )?works again|back to normal|all good(?: now)?|(?:all )?(?:fixed|solved|resolved)(?: now)?|" +
  "ok(?:ay)?|k|kk|got it|cool|great|nice|perfect|awesome|lol|haha|yay|wow|hi|hello|hey|good (?:morning|afternoon|evening|day|night)|" +
  "bye|see you|welcome|np|yes|no|yep|yeah|nope|sorry|please|will do|on it|done|noted|sure|right|exactly|" +
  "(?:is )?any(?:one|body) (?:here|there|around|awake|online|up)|" +
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

const THING = "(?:this|that|it|the (?:incident|issue|problem|outage|alert))";
/** Words that only point, and asking for news of what is not said. */
const POINTING = [
  /^(?:(?:and|so|but|oh|why|how|not|what|once|try|same|this|that|it|is|again|more|one|time|huh|eh|hm+|then|now|repeat|come|no|yes|ok|why not|which|where|when|who)(?:[\s,]+|$)){1,4}$/i,
  new RegExp(
    `^(?:is there |are there )?(?:any |what(?:['’]?s| is) the )(?:updates?|news|status|eta|progress)(?: (?:on|of|about|for|with) ${THING})?(?: yet)?$`,
    "i",
  ),
  new RegExp(
    `^(?:is|are|was) (?:${THING}|they|we|everything|things) (?:all )?(?:fixed|solved|resolved|over|done|back(?: to normal)?|ok(?:ay)?|better|good|ongoing)(?: (?:yet|now|again|already))?$`,
    "i",
  ),
];

/** "Again?", "what?", "any news?": whatever it points at is not in the text, so there is nothing to look up. */
export function isPointing(text: string): boolean {
  const words = withoutSigns(text);
  return POINTING.some((pointing) => pointing.test(words));
}

const PAST_EVENT =
  /^(?:(?:so|and|but|ok|hey|hi)[ ,]+)*(?:who (?:did|was|has|wrote|made|built|broke|sent|took|ran|shut|(?!need|feed)[a-z]+ed\b)|when (?:did|was|were)|what(?:['’]?s| has)? happened)\b/i;

/** "Who restarted the server", "what happened last night": no page knows; what it says of such a thing is a guess. */
export function asksOfThePast(text: string): boolean {
  return PAST_EVENT.test(text.trim());
}

const OF_MAKERS =
  /\b(?:of your own|from you(?:r company)?|do(?:es)? (?:you|they|the (?:vendor|company)) (?:guys )?(?:offer|provide|sell|maintain|ship|publish)|(?:on|in) (?:your|the) roadmap)\b/i;

/** "A Java client of your own": what the makers of the server offer; what pages say of such a thing is a guess. */
export function asksOfMakers(text: string): boolean {
  return OF_MAKERS.test(text);
}
