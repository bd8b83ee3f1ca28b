import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectRefusal, signIn, test } from "../fixtures.js";
import { aChangeableSubscription } from "../subscriptions.js";

/** Fills in the console's form and sends it. */
async function send(page: Page, method: string, path: string, body = ""): Promise<void> {
  await page.getByLabel("Method").selectOption(method);
  await page.getByLabel("Path", { exact: true }).fill(path);
  await page.getByLabel("Body", { exact: true }).fill(body);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

test("an account manager asks, reads the answer, and opens it again", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API console" }).click();
  // The other browsers ask as the same person: this call is told from theirs by a parameter that the marketplace ignores.
  const path = `/customers?limit=2&call=${crypto.randomUUID().slice(0, 8)}`;
  await send(page, "GET", path);
  await expect(page).toHaveURL(/\/console\?call=[^#]+#answer$/);
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer).toContainText("200 OK");
  await expect(answer.getByText(/^[\d,]+ ms$/)).toBeVisible();
  await expect(answer.locator("code", { hasText: /^a8n-/ })).toBeVisible();
  const body = page.getByRole("region", { name: "Body of the answer" });
  await page.waitForLoadState();
  const read = JSON.parse(await body.innerText()) as { data: unknown[] };
  expect(read.data).toHaveLength(2);
  await expect(page.getByLabel("Path", { exact: true }), "the form is as it was sent").toHaveValue(path);

  await page.reload();
  await page.goto("/console");
  await expect(answer).toHaveCount(0);
  const history = page.getByRole("region", { name: "Calls made" }).getByRole("link", { name: `GET ${path}` });
  await expect(history, "looking at it again calls nothing").toHaveCount(1);
  await history.click();
  await expect(body).toContainText('"pagination"');

  await answer.getByText("As a curl command").click();
  const command = page.getByRole("region", { name: "The curl command" });
  await expect(command).toContainText("Bearer $SEATBOARD_TOKEN");
  if (javaScriptEnabled === false) {
    await expect(answer.getByRole("button", { name: "Copy" })).toHaveCount(0);
    return;
  }
  await expectAccessible(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await answer.getByRole("button", { name: "Copy as curl" }).click();
  await expect.poll(copied).toBe(await command.innerText());
  await answer.getByRole("button", { name: "Copy the answer" }).click();
  await expect.poll(copied).toBe(await body.innerText());
});

test("a refusal of the marketplace is shown as it is", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/console");
  await send(page, "GET", "/orders/1");
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("404 Not Found");
  await expect(page.getByRole("region", { name: "Body of the answer" })).toContainText('"correlationId": "a8n-');
});

test("what cannot be a call comes back with the reason beside its field", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/console");
  await send(page, "POST", "/orders/{id}", '{"type": ');
  await expect(page).toHaveTitle(/^Error: API console/);
  await expect(page.getByLabel("Path", { exact: true })).toHaveAccessibleDescription(/Replace what stands in braces/);
  await expect(page.getByLabel("Body", { exact: true })).toHaveAccessibleDescription(/This is not JSON/);
  await expect(page.getByLabel("Body", { exact: true })).toHaveValue('{"type":');
  await page.getByRole("alert").getByRole("link", { name: /This is not JSON/ }).click();
  await expect(page.getByLabel("Body", { exact: true })).toBeFocused();
});

test("an account manager changes nothing, and keeps what was typed", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/console");
  await send(page, "PATCH", "/orders/1", '{"status": "cancelled"}');
  await expect(page.getByRole("alert")).toContainText("Your role does not let you change anything at the marketplace");
  await expect(page.getByLabel("Method")).toHaveValue("PATCH");
  await expect(page.getByLabel("Body", { exact: true })).toHaveValue('{"status": "cancelled"}');
});

test("an admin confirms a change, which is made once, recorded, and shown by the copy", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "admin");
  const subscription = await aChangeableSubscription(page);
  await page.goto(`/subscriptions/${subscription.id}`);
  const turn = page.getByRole("region", { name: "Manage" }).getByRole("link", { name: /^Turn automatic renewal/ });
  const isOn = (await turn.innerText()).endsWith("off");

  await page.goto("/console");
  await send(page, "PATCH", `/subscriptions/${subscription.id}`, `{"renewalStatus": ${!isOn}}`);
  await expect(page.getByRole("heading", { level: 1, name: "Send a change" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`PATCH /subscriptions/${subscription.id}`);
  await expect(page.getByRole("region", { name: "Body to be sent" })).toHaveText(`{"renewalStatus": ${!isOn}}`);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const review = page.url();
  const confirm = page.getByRole("button", { name: "Send the change" });
  await confirm.click();
  await expect(page, "nothing is sent before the box is ticked").toHaveURL(review);
  await page.getByRole("checkbox", { name: "I know that this changes something at the marketplace" }).check();
  await confirm.click();
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("200 OK");

  await page.goto(review);
  await expect(page.getByRole("region", { name: "Answer", exact: true }), "it was sent already").toContainText("200 OK");
  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(turn).toHaveText(isOn ? "Turn automatic renewal on" : "Turn automatic renewal off");
  await page.goto("/activity");
  const entry = page.getByRole("row", { name: `PATCH /subscriptions/${subscription.id}` });
  await expect(entry.filter({ hasText: "called the marketplace by hand" }).first()).toBeVisible();
});

test("for a technician there is no console", async ({ page, problems }) => {
  await signIn(page, "technician");
  await expect(page.getByRole("link", { name: "API console" })).toHaveCount(0);
  await expectRefusal(page, problems, "/console", 404);
});
