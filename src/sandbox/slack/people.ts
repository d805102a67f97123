/**
 * The people of the workspace, for tests and for the page: what they see and what they do.
 *
 * A user is named by name or id; a channel by name or id, and "bot" is the person's direct message
 * with the bot.
 */

import { asMessage, asView, type SlackMessage, type SlackView } from "./as-seen.ts";
import type { BotReply } from "./bot-link.ts";
import type { Conversations } from "./conversations.ts";
import type { ElementChoice } from "./element-answers.ts";
import type { Ephemerals } from "./ephemerals.ts";
import type { Events } from "./events.ts";
import type { SlackInteractions, Suggested } from "./interactions.ts";
import { type Json, text } from "./json.ts";
import { composeLink, openCard } from "./link-methods.ts";
import type { MessageLog } from "./message-log.ts";
import type { Choices, ElementPlace } from "./scenes.ts";
import type { createSlashCommands } from "./slash-commands.ts";
import type { Triggers } from "./triggers.ts";
import { type Names, readTyped } from "./typed-text.ts";
import type { Views } from "./views.ts";
import type { Workspace, WorkspacePerson } from "./workspace.ts";

interface ByUser {
  readonly user: string;
}

interface InChannel extends ByUser {
  readonly channel: string;
}

/** An element in a message (channel and ts) or in a view (view id). */
type ElementAt = ByUser &
  ({ readonly channel: string; readonly ts: string } | { readonly viewId: string });

interface PeopleOptions {
  readonly workspace: Workspace;
  readonly conversations: Conversations;
  readonly log: MessageLog;
  readonly ephemerals: Ephemerals;
  readonly views: Views;
  readonly events: Events;
  readonly unfurlDomains: readonly string[];
  readonly triggers: Triggers;
  readonly interactions: SlackInteractions;
  readonly runCommand: ReturnType<typeof createSlashCommands>;
}

export class People {
  readonly #options: PeopleOptions;
  /** Ids by name. */
  readonly channels: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, WorkspacePerson>>;
  readonly #names: Names;

  constructor(options: PeopleOptions) {
    this.#options = options;
    const { people, channels, bot } = options.workspace;
    this.channels = Object.fromEntries(channels.map(({ name, id }) => [name, id]));
    this.users = Object.fromEntries(people.map((person) => [person.name, person]));
    this.#names = {
      users: new Map([
        ...people.map(({ name, id }) => [name, id] as const),
        [bot.name, bot.userId],
      ]),
      channels: new Map(channels.map(({ name, id }) => [name, id] as const)),
    };
  }

  /** The messages of a channel, oldest first, without replies. */
  messages(channel: string): readonly SlackMessage[] {
    return this.#options.log.channel(this.channelId(channel)).map(asMessage);
  }

  /** A thread with its first message, oldest first. */
  replies(channel: string, ts: string): readonly SlackMessage[] {
    return this.#options.log.thread(this.channelId(channel), ts).map(asMessage);
  }

  /** What only this person sees, oldest first, in all channels. */
  ephemerals(user: string): readonly SlackMessage[] {
    const { id } = this.person(user);
    return this.#options.ephemerals
      .of(id)
      .map(({ channel, message }) => asMessage({ ...message, channel }));
  }

  /** This person's open modals, the top one last. */
  views(user: string): readonly SlackView[] {
    return this.#options.views.stack(this.person(user).id).map(asView);
  }

  home(user: string): SlackView | undefined {
    const view = this.#options.views.home(this.person(user).id);
    return view === undefined ? undefined : asView(view);
  }

  /** Typed as into Slack's composer: `@streamline` and `#incidents` become mentions. */
  async sendMessage(said: InChannel & { readonly text: string; readonly threadTs?: string }) {
    const person = this.person(said.user);
    const body = {
      ...readTyped(said.text, this.#names),
      channel: this.channelId(said.channel, person),
      client_msg_id: crypto.randomUUID(),
      ...(said.threadTs === undefined ? {} : { thread_ts: said.threadTs }),
    };
    const answer = await this.#options.conversations.post(body, person.token);
    if (answer["ok"] !== true)
      throw new Error(`Slack refused the message: ${text(answer, "error")}`);
    return asMessage({ ...(answer["message"] as Json), channel: body.channel });
  }

  /** `text` is the whole line, such as `/streamline health`. */
  slashCommand({ user, channel, text: typed }: InChannel & { readonly text: string }) {
    const person = this.person(user);
    return this.#options.runCommand({ person, typed, channel: this.channelId(channel, person) });
  }

  clickButton(at: ElementAt & Element): Promise<BotReply> {
    return this.#options.interactions.act({ ...this.#touch(at), ...element(at) });
  }

  /** Chooses in a menu, picks a date, or types into an input that dispatches its actions. */
  choose(at: ElementAt & Element & { readonly choice: ElementChoice; readonly values?: Choices }) {
    const { choice, values } = at;
    return this.#options.interactions.act({
      ...this.#touch(at),
      ...element(at),
      choice,
      ...(values === undefined ? {} : { values }),
    });
  }

  /** Types into an external select and returns what the bot offers. */
  suggest(at: ElementAt & Element & { readonly text: string }): Promise<Suggested> {
    return this.#options.interactions.suggest({ ...this.#touch(at), ...element(at) }, at.text);
  }

  /** Submits the top modal, or the one named; `values` by block id and action id. */
  submitView(form: ByUser & { readonly viewId?: string; readonly values?: Choices }) {
    const person = this.person(form.user);
    const viewId = form.viewId ?? this.#top(person);
    return this.#options.interactions.submit(person, viewId, form.values ?? {});
  }

  closeView({ user, viewId }: ByUser & { readonly viewId?: string }): Promise<void> {
    const person = this.person(user);
    return this.#options.interactions.close(person, viewId ?? this.#top(person));
  }

  /** A message shortcut, by its callback id. */
  runShortcut(at: InChannel & { readonly ts: string; readonly callbackId: string }) {
    const person = this.person(at.user);
    const place = { channel: this.channelId(at.channel, person), ts: at.ts };
    return this.#options.interactions.shortcut(person, at.callbackId, place);
  }

  /** Opens the app's Home (or Messages) tab, of which the bot gets an event. */
  openHome({ user, tab = "home" }: ByUser & { readonly tab?: "home" | "messages" }): void {
    const { id, directMessage } = this.person(user);
    const view = this.#options.views.home(id);
    this.#options.events.send({
      type: "app_home_opened",
      user: id,
      channel: directMessage,
      tab,
      event_ts: (Date.now() / 1000).toFixed(6),
      ...(view === undefined ? {} : { view }),
    });
  }

  /** Opens the work object that is shown below a message. */
  openCard({ user, channel, ts }: InChannel & { readonly ts: string }): void {
    const person = this.person(user);
    const place = this.channelId(channel, person);
    const message = this.#options.log.get(place, ts);
    if (message === undefined) throw new Error(`There is no message ${ts}`);
    openCard(this.#options, { user: person.id, channel: place, message });
  }

  /** Writes a link into the composer, and does not send it. */
  composeLink({ user, url }: { readonly user: string; readonly url: string }): void {
    composeLink(this.#options, { user: this.person(user).id, url });
  }

  /** A post of Alertmanager's own, in the form its Slack receiver gives it. */
  async postAsAlertmanager(post: { readonly channel: string; readonly body: Json }) {
    const answer = await this.postAsForeignApp(post.channel, post.body);
    if (answer["ok"] !== true) throw new Error(`Slack refused the post: ${text(answer, "error")}`);
    return asMessage(answer["message"] as Json);
  }

  /** The same with Slack's own answer, refusals included. */
  postAsForeignApp(channel: string, post: Json) {
    const { alertmanager } = this.#options.workspace;
    const body = { username: "Alertmanager", ...post, channel: this.channelId(channel) };
    return this.#options.conversations.post(body, alertmanager.token);
  }

  /** Settles when every event under way is acknowledged or given up. */
  idle(): Promise<void> {
    return this.#options.events.idle();
  }

  person(user: string): WorkspacePerson {
    const found = this.#options.workspace.people.find(
      ({ id, name }) => user === id || user === name,
    );
    if (found === undefined) throw new Error(`Nobody here is called ${user}`);
    return found;
  }

  /** For the page: it may remember somebody of an earlier sandbox. */
  personOrFirst(user: string): WorkspacePerson {
    const { people } = this.#options.workspace;
    const found = people.find(({ id, name }) => user === id || user === name) ?? people[0];
    if (found === undefined) throw new Error("Nobody lives in this workspace");
    return found;
  }

  channelId(channel: string, person?: WorkspacePerson): string {
    if (channel === "bot" && person !== undefined) return person.directMessage;
    return this.channels[channel] ?? channel;
  }

  #top(person: WorkspacePerson): string {
    const top = this.#options.views.stack(person.id).at(-1);
    if (top === undefined) throw new Error(`${person.name} has no modal open`);
    return text(top, "id");
  }

  #touch(at: ElementAt): { person: WorkspacePerson; place: ElementPlace } {
    const person = this.person(at.user);
    if ("viewId" in at) return { person, place: { viewId: at.viewId } };
    return { person, place: { channel: this.channelId(at.channel, person), ts: at.ts } };
  }
}

interface Element {
  readonly actionId: string;
  /** Needed only where the same action id stands in several blocks. */
  readonly blockId?: string;
}

function element({ actionId, blockId }: Element): Element {
  return { actionId, ...(blockId === undefined ? {} : { blockId }) };
}
