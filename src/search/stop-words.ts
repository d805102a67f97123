/**
 * Words of questions and of alert sentences that say nothing about the subject. Negations
 * and prepositions stay out of the list where runbooks turn on them (down, out, behind, up). Times of the
 * day and of the week say when something was seen, and never what. Of "doesn't" a reader of words sees doesn.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a ability able about actually after again all also always am an and any anybody anyone anything are as at be because been " +
    "being but by came can cannot come comes could did do does doing don done each either else etc ever every " +
    "everyone for from get gets getting give given go goes going got had happen happened happening happens has " +
    "have having he hello help her here hey hi him his how however i if in instead into is isn it its itself just " +
    "know let like look looks made make makes many may maybe me might mine more most much must my myself " +
    "need needs of often on one or other our ours please pls put quite rather really same say says see seem seems " +
    "seen shall she should since so some somebody someone something still such tell than thank thanks that the " +
    "their them then there these they thing things this those though through to too towards try trying until us " +
    "use used using very via want wants was way we well were what whatever when whenever where whether which " +
    "while who whole whom whose why will with within without would yet you your yours " +
    "dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt havent hasnt whats hows wheres thats " +
    "doesn didn couldn wouldn shouldn aren wasn weren haven hasn hadn " +
    "wat wut wtf wth omg lol btw idk fyi afaik imho asap dunno gonna wanna gotta cuz coz tho hlp thx im ive youre theyre " +
    "today yesterday tomorrow tonight morning noon afternoon evening night midnight weekend monday tuesday " +
    "wednesday thursday friday saturday sunday lately recently"
  ).split(" "),
);

/** Of "why not" and "don't" nothing else is left. */
export const NEGATIONS: ReadonlySet<string> = new Set("no not never nothing none".split(" "));

/**
 * Words that say no more than that something is amiss, or costs money: of what, somebody still has to look for.
 * "How much does it cost" is not about what TLS costs.
 */
export const VAGUE_WORDS: ReadonlySet<string> = new Set([
  ...NEGATIONS,
  ...(
    "wrong broken problem problems issue issues trouble troubles bad weird strange odd work works working worked " +
    "error errors fail fails failed failing failure hang hangs hanging hung cost costs costing price prices pricing free"
  ).split(" "),
]);
