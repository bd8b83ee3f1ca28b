import type { Page } from "@playwright/test";
import { expect, expectAccessible, forgetSession, signIn, test, type Role } from "../fixtures.js";
import { expectDone, follow, ORDER_STEPS, placed } from "../orders.js";
import { aChangeableSubscription, expectSeats, type Subscription } from "../subscriptions.js";

/** The timeline of an order that two people agreed to. */
const AGREED_STEPS = ["Asked for", "Approved", ...ORDER_STEPS.slice(1)];

const RULE = "Change orders, asked for by a technician";

/** The rule holds for everybody, so no other test runs beside these, and none finds it afterwards. */
test.afterEach(async ({ page }) => {
  await become(page, "admin");
  await removeRules(page);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an admin sets a rule, a technician asks, a manager approves, and the order completes", async ({ page }) => {
      await signIn(page, "admin");
      await addRule(page);
      await become(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const order = await askForOneMore(page, subscription);
      const approval = page.getByRole("region", { name: "Waiting for approval" });
      await expect(approval).toContainText("You asked for this order yourself.");
      await expect(approval.getByRole("button", { name: "Approve", exact: true })).toBeDisabled();

      await become(page, "account manager");
      const inbox = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Approvals/ });
      await expect(inbox).toContainText(/[1-9]\d* waiting/);
      await inbox.click();
      const waiting = page.getByRole("region", { name: "Waiting for you" });
      await expect(waiting).toContainText(RULE);
      if (javaScriptEnabled) await expectAccessible(page);
      await waiting.locator(`a[href='${order}']`).click();
      await expect(approval).toContainText("Price today");
      if (javaScriptEnabled) await expectAccessible(page);
      await approval.getByText("Ask or say something first").click();
      await approval.getByLabel("Comment", { exact: true }).fill("One more is fine.");
      await approval.getByRole("button", { name: "Add comment" }).click();
      await expect(approval).toContainText("One more is fine.");
      await approval.getByRole("button", { name: `Approve: ${subscription.seats + 1} seats` }).click();
      await expect(page.getByRole("status").filter({ hasText: "Approved. It is sent now" })).toBeVisible();
      await follow(page, "completed", javaScriptEnabled);
      await expectDone(page, AGREED_STEPS);
      await expect(page.getByRole("region", { name: "Approval", exact: true })).toContainText("Approved by");
      await expectSeats(page, subscription, subscription.seats + 1);
    });

    test("a manager rejects with a reason, which the technician reads", async ({ page }) => {
      await signIn(page, "admin");
      await addRule(page);
      await become(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const order = await askForOneMore(page, subscription);

      await become(page, "account manager");
      await page.goto(order);
      await page.getByText("Reject the order").click();
      await page.getByRole("button", { name: "Reject", exact: true }).click();
      await page.getByRole("alert").getByRole("link").click();
      await expect(page.getByLabel("Reason")).toBeFocused();
      await expect(page.getByLabel("Reason")).toHaveAccessibleDescription(/Say why/);
      await page.getByLabel("Reason").fill("Not this month.");
      await page.getByRole("button", { name: "Reject", exact: true }).click();
      await expect(page.getByRole("region", { name: "Approval", exact: true })).toContainText("Rejected by");

      await become(page, "technician");
      await page.goto(order);
      await expect(page.getByRole("region", { name: "Approval", exact: true })).toContainText("Not this month.");
      await expectSeats(page, subscription, subscription.seats);
    });
  });
}

test("what somebody writes stays, and the focus too, when the page they write on follows the order", async ({ page, browser }) => {
  await signIn(page, "admin");
  await addRule(page);
  await become(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const order = await askForOneMore(page, subscription);

  const manager = await (await browser.newContext()).newPage();
  await signIn(manager, "account manager");
  await manager.goto(order);
  await manager.getByText("Ask or say something first").click();
  const comment = manager.getByLabel("Comment", { exact: true });
  await comment.fill("Why one more?");

  await page.getByText("Withdraw the order", { exact: true }).click();
  await page.getByRole("button", { name: "Yes, withdraw the order" }).click();
  const status = manager.getByRole("main").locator("header").getByText("withdrawn", { exact: true });
  await expect(status, "the page has followed").toBeVisible();
  await expect(comment).toHaveValue("Why one more?");
  await expect(comment).toBeFocused();
  await manager.context().close();
});

/** Goes on as another member of the staff. */
async function become(page: Page, role: Role): Promise<void> {
  await forgetSession(page);
  await signIn(page, role);
}

async function addRule(page: Page): Promise<void> {
  await removeRules(page);
  await page.getByLabel("Kind of order").selectOption("change");
  await page.getByLabel("Role of who asks").selectOption("technician");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByRole("region", { name: "Rules" })).toContainText(RULE);
}

async function removeRules(page: Page): Promise<void> {
  await page.goto("/settings/approvals");
  const remove = page.getByRole("button", { name: /^Remove/ });
  for (let left = await remove.count(); left > 0; left -= 1) {
    await remove.first().click();
    await expect(remove).toHaveCount(left - 1);
  }
}

/** Asks for one seat more, and answers with the path of the order that waits. */
async function askForOneMore(page: Page, subscription: Subscription): Promise<string> {
  const seats = subscription.seats + 1;
  await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${seats}&step=review`);
  await expect(page.getByRole("main")).toContainText("This order will wait for approval");
  await expect(page.getByRole("main")).toContainText(RULE);
  const ask = page.getByRole("button", { name: `Ask for approval: ${seats} seats` });
  await ask.click();
  await placed(page, () => ask.click());
  await expect(page.getByRole("main")).toContainText("Waiting for approval. Nothing has been sent.");
  return new URL(page.url()).pathname;
}
