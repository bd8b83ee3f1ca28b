import { enterCredentials, expect, expectAccessible, signIn, test } from "../fixtures.js";
import { press } from "../keyboard.js";
import { aChangeableSubscription } from "../subscriptions.js";

const PASSWORD = "seven quiet otters";

test("an admin makes a role with a limit, and whoever has it reads the limit and is held by it", async ({ page, browser, javaScriptEnabled }) => {
  const id = `${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  const desk = `Desk ${id}`;
  await signIn(page, "admin");
  await page.goto("/settings/roles");
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel("Name", { exact: true }).fill(desk);
  await page.getByLabel(/^Change the seats/).check();
  await page.getByLabel("Most seats added in one change").fill("one");
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page).toHaveTitle(/^Error: Roles/);
  await expect(page.getByLabel("Name", { exact: true }), "what was typed stays").toHaveValue(desk);
  await expect(page.getByLabel(/^Change the seats/), "what was ticked stays").toBeChecked();
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel(/^See customers/).check();
  await page.getByLabel("Most seats added in one change").fill("1");
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: desk })).toBeVisible();
  await page.goto("/settings/roles");
  const row = page.getByRole("region", { name: "Roles" }).getByRole("row").filter({ hasText: desk });
  await expect(row).toContainText("At most 1 seat added in one change");

  await page.goto("/settings/staff");
  const email = `desk-${id}@aldgate.example`;
  await page.getByLabel("Name", { exact: true }).fill(`Ida ${desk}`);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Role", { exact: true }).selectOption({ label: desk });
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Ida ${desk}` })).toBeVisible();
  const link = await page.locator("#one-time-link").innerText();

  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await enterCredentials(theirs, email, PASSWORD);
  await theirs.goto("/settings/profile");
  await expect(theirs.getByRole("main")).toContainText("At most 1 seat added in one change");
  if (javaScriptEnabled) await expectAccessible(theirs);

  const subscription = await aChangeableSubscription(theirs);
  await theirs.goto(`/subscriptions/${subscription.id}/seats`);
  await theirs.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 2}`);
  await theirs.getByRole("button", { name: "Review" }).click();
  await expect(theirs).toHaveTitle(/^Error: Change seats/);
  await expect(theirs.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
  await expect(theirs.getByRole("alert")).toContainText("Your role allows at most 1 seat added in one change");
  await context.close();

  await page.goto("/settings/roles");
  await row.getByRole("link", { name: desk }).click();
  await expect(page.getByRole("heading", { level: 1, name: desk })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete role" }), "it is in use").toBeDisabled();
  if (javaScriptEnabled) await expectAccessible(page);
});

test("an amount from which orders take a proof stays in its field where it cannot be used", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "admin");
  await page.goto("/settings/roles");
  const panel = page.getByRole("region", { name: "Orders that take a proof" });
  const amount = panel.getByLabel("From this amount on");
  await amount.fill("a lot");
  await panel.getByLabel("Its currency").fill("USD");
  await panel.getByRole("button", { name: "Save amount" }).click();
  await expect(page).toHaveTitle(/^Error: Roles/);
  await expect(amount).toHaveValue("a lot");
  await press(page, page.getByRole("alert").getByRole("link", { name: /Enter an amount/ }));
  await expect(amount).toBeFocused();
  if (javaScriptEnabled) await expectAccessible(page);
});
