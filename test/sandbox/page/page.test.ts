// needs: chromium
// takes: 15 s
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../../support/eventually.ts";
import { type Stage, type Switched, startStage } from "./open-page.ts";
import { answerPeople, composer, post, said, say } from "./people-on-page.ts";

describe("the page", () => {
  let stage: Stage;
  const switched: Switched = { faults: [], alerts: [] };
  const chosen: string[] = [];

  before(async () => {
    stage = await startStage(switched);
    answerPeople(stage.bot.app, chosen);
  });
  after(() => stage.stop());

  test("sends what one types, to others as well", async () => {
    const [alice, bob] = [await stage.open(), await stage.open({ user: "bob" })];
    await say(alice.page, "producers are slow");
    await said(bob.page, "producers are slow").waitFor();
    assert.equal(await said(bob.page, "producers are slow").getByText("Alice Reyes").count(), 1);
    assert.equal(await composer(alice.page).inputValue(), "");
    assert.deepEqual([...alice.complaints, ...bob.complaints], []);
  });

  test("begins a new line with Shift and Enter", async () => {
    const { page } = await stage.open();
    await composer(page).fill("one");
    await composer(page).press("Shift+Enter");
    await composer(page).pressSequentially("two");
    await composer(page).press("Enter");
    await said(page, /one\s+two/).waitFor();
    assert.equal(stage.slack.messages("incidents").at(-1)?.text, "one\ntwo");
  });

  test("offers names after @, and the bot answers a mention in a thread", async () => {
    const { page } = await stage.open();
    await composer(page).pressSequentially("help @str");
    await page.getByRole("option", { name: "Streamline" }).waitFor();
    await composer(page).press("Enter");
    assert.equal(await composer(page).inputValue(), "help @streamline ");
    await composer(page).press("Enter");
    await said(page, "help @Streamline").getByRole("button", { name: "1 reply" }).click();
    await page
      .getByRole("complementary", { name: "Thread" })
      .getByText("I was mentioned")
      .waitFor();
    assert.match(stage.slack.messages("incidents").at(-1)?.text ?? "", /help <@U0STREAMLINE>/);
  });

  test("offers commands after /, and shows the answer to its sender alone", async () => {
    const [alice, bob] = [await stage.open(), await stage.open({ user: "bob" })];
    await composer(alice.page).pressSequentially("/s");
    assert.ok((await alice.page.getByRole("option").count()) >= 5);
    await composer(alice.page).press("ArrowDown");
    await composer(alice.page).press("Tab");
    assert.equal(await composer(alice.page).inputValue(), "/streamline search ");
    await composer(alice.page).pressSequentially("disk full");
    await composer(alice.page).press("Enter");
    const answer = said(alice.page, "answer to search disk full");
    await answer.getByText("Only visible to you").waitFor();
    await say(alice.page, "after the command");
    await said(bob.page, "after the command").waitFor();
    assert.equal(await bob.page.getByText("answer to search").count(), 0);
    await answer.getByRole("button", { name: "Dismiss" }).click();
    await answer.waitFor({ state: "detached" });
  });

  test("says that a command does not exist, and keeps what was typed", async () => {
    const { page } = await stage.open();
    await say(page, "/nonsense");
    await page.getByRole("alert").getByText("/nonsense is not a valid command").waitFor();
    assert.equal(await composer(page).inputValue(), "/nonsense");
  });

  test("answers in a thread, which counts its replies", async () => {
    const { page } = await stage.open();
    await post(stage, "a parent for replies");
    await said(page, "a parent for replies").hover();
    await said(page, "a parent for replies")
      .getByRole("button", { name: "Reply in thread" })
      .click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("combobox").fill("first");
    await thread.getByRole("combobox").press("Enter");
    await thread.getByRole("combobox").fill("second");
    await thread.getByRole("combobox").press("Enter");
    await said(page, "a parent for replies").getByText("2 replies").first().waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
    await thread.waitFor({ state: "detached" });
  });

  test("keeps what is typed while the message before is still on its way", async () => {
    const { page } = await stage.open();
    const sent = Promise.withResolvers<void>();
    await page.route("**/sandbox/messages", async (route) => {
      await sent.promise;
      await route.continue();
    });
    await say(page, "a slow one");
    await composer(page).fill("typed meanwhile");
    sent.resolve();
    await said(page, "a slow one").waitFor();
    assert.equal(await composer(page).inputValue(), "typed meanwhile");
    await composer(page).fill("");
    await page.unroute("**/sandbox/messages");
  });

  test("marks what one has not read, and shows where the new begins", async () => {
    const { page } = await stage.open();
    const item = page.getByRole("button", { name: /general/ });
    await item.click();
    await page.getByRole("button", { name: /incidents/ }).click();
    await stage.slack.sendMessage({ user: "bob", channel: "general", text: "read me" });
    await page.getByRole("button", { name: "general unread messages" }).click();
    await said(page, "read me").waitFor();
    assert.equal(await page.getByText("unread messages").count(), 0);
  });

  test("shows the Home tab and the direct message of the bot", async () => {
    const { page } = await stage.open();
    await page.getByRole("navigation").getByRole("button", { name: "Streamline" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByRole("heading", { name: "Health of every target" }).waitFor();
    await page.keyboard.press("ArrowRight");
    const field = page.getByRole("combobox", { name: "Message Streamline" });
    await field.fill("disk full");
    await field.press("Enter");
    await said(page, "heard disk full").waitFor();
  });

  test("runs a message shortcut from the message's menu", async () => {
    const { page } = await stage.open();
    await stage.slack.sendMessage({ user: "bob", channel: "incidents", text: "No space left" });
    await said(page, "No space left").hover();
    await said(page, "No space left").getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Find the runbook" }).click();
    await eventually("find No space left", () => chosen.at(-1) === "find No space left");
  });

  test("switches what the simulated server suffers from, and fires an alert", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: "Simulated Streamline" }).click();
    const disk = page.getByRole("switch", { name: "Disk fills up" });
    await disk.click();
    await page.getByRole("button", { name: "severe" }).waitFor();
    assert.equal(await disk.getAttribute("aria-checked"), "true");
    await page.getByRole("button", { name: "Fire DiskFull" }).click();
    await page.getByRole("button", { name: "Resolve DiskFull" }).click();
    await page.getByRole("button", { name: "Fire DiskFull" }).waitFor();
    assert.deepEqual(switched, {
      faults: ["disk true"],
      alerts: ["DiskFull firing", "DiskFull resolved"],
    });
  });

  test("becomes another person", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: /You are Alice Reyes/ }).click();
    await page.getByRole("menuitemradio", { name: /Bob Okafor/ }).click();
    await page.getByRole("button", { name: /You are Bob Okafor/ }).waitFor();
    await say(page, "said by bob");
    await said(page, "said by bob").getByText("Bob Okafor").waitFor();
  });
});
