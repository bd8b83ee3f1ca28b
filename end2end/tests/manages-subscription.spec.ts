import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placed, placeOrder, priced } from "../orders.js";
import { aChangeableSubscription, expectSeats, type Subscription } from "../subscriptions.js";

/** Opens one of the pages that the subscription's page offers under Manage. */
async function manage(page: Page, subscription: Subscription, label: string): Promise<void> {
  await page.goto(`/subscriptions/${subscription.id}`);
  await page.getByRole("region", { name: "Manage" }).getByRole("link", { name: label }).click();
}

test("fewer seats are ordered for the renewal, and the order is cancelled again", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page, "&auto=on");
  await manage(page, subscription, "Change seats with the renewal");
  await page.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 1}`);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("main")).toContainText(`${subscription.seats} → ${subscription.seats + 1} seats`);
  await placeOrder(page, `${subscription.seats + 1} seats with the renewal`);
  await follow(page, "processing", javaScriptEnabled !== false);

  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(page.getByRole("main")).toContainText(`${subscription.seats} → ${subscription.seats + 1} seats with the renewal`);
  await expect(page.getByRole("link", { name: "Change seats", exact: true }), "seats can be changed meanwhile").toBeVisible();
  await page.getByRole("link", { name: "See the order" }).click();
  await page.getByText("Cancel the order", { exact: true }).click();
  await page.getByRole("button", { name: "Yes, cancel the order" }).click();
  await follow(page, "cancelled", false);
  await expectSeats(page, subscription, subscription.seats);
});

test("a subscription is cancelled only after the customer's name was typed", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  // A vendor that takes subscriptions back at any time.
  const subscription = await aChangeableSubscription(page, "&vendor=Acrylic");
  await manage(page, subscription, "Cancel subscription");
  await page.getByLabel("PO number").fill("PO to keep");
  await page.getByLabel("Customer's name").fill("Somebody else");
  const cancel = page.getByRole("button", { name: /^Cancel the subscription/ });
  await cancel.click();
  await expect(page).toHaveTitle(/^Error: Cancel subscription/);
  await expect(page.getByLabel("Customer's name")).toHaveAccessibleDescription(new RegExp(subscription.customer));
  await expect(page.getByLabel("PO number")).toHaveValue("PO to keep");
  await page.getByLabel("Customer's name").fill(subscription.customer);
  await cancel.click();
  await placed(page, () => cancel.click());
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(page.getByRole("main").locator("header")).toContainText(/terminated|removed/);
});

test("automatic renewal, a special price and an attribute are set at once and recorded", async ({ page }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page);
  await page.goto(`/subscriptions/${subscription.id}`);
  const turn = page.getByRole("region", { name: "Manage" }).getByRole("link", { name: /^Turn automatic renewal/ });
  const label = await turn.innerText();
  await turn.click();
  await page.getByRole("button", { name: label }).click();
  const other = label.endsWith("off") ? "Turn automatic renewal on" : "Turn automatic renewal off";
  await expect(page.getByRole("link", { name: other })).toBeVisible();

  await page.getByRole("link", { name: "Set a special price" }).click();
  await page.getByLabel("Price per seat").fill("12,5");
  await page.getByRole("button", { name: "Set the price" }).click();
  await expect(page.getByLabel("Price per seat"), "what was typed stays").toHaveValue("12,5");
  await page.getByLabel("Price per seat").fill("12.5");
  await page.getByRole("button", { name: "Set the price" }).click();
  await expect(page.getByRole("region", { name: "Table of product lines" })).toContainText("12.50");

  await page.getByRole("link", { name: "Edit attributes" }).click();
  await page.waitForLoadState();
  const row = page.getByRole("group").last();
  await row.getByLabel(/^Name/).fill(aPoNumber("Cost centre"));
  await row.getByLabel(/^Value/).fill("4711");
  await page.getByRole("button", { name: "Save attributes" }).click();
  const activity = page.getByRole("region", { name: "Activity" });
  await expect(activity).toContainText("set attributes of a subscription");
  await expect(activity).toContainText("set a special price");
  await expect(activity).toContainText(/turned automatic renewal o/);
});

test("a monthly subscription is switched to a longer term", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page, "&vendor=Northwind+Cloud&term=short");
  await manage(page, subscription, "Switch plan or term");
  const choice = page.getByRole("radio", { name: /1 year/ }).first();
  await choice.check();
  await page.getByLabel("Term", { exact: true }).selectOption("Begin a new term with the switch");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("main")).toContainText("1 month → ");
  await priced(page, "switch");
  // A year costs less per month: on the first days of a paid month the rest of it is worth more than the new one.
  await expect(page.getByText(/^(Charged|Credited) now, before tax$/)).toBeVisible();
  await placeOrder(page, "switch");
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("1 year");
});
