import type { Browser, Page } from "@playwright/test";
import { expect, signIn, test, type Role } from "../fixtures.js";
import { aPoNumber, expectDone, ORDER_STEPS, placeOrder, priced } from "../orders.js";
import { aChangeableSubscription, type Subscription } from "../subscriptions.js";

/** Orders of a busy stand-in marketplace end in this time; nothing waits for it to pass. */
const PATIENCE = { timeout: 120_000 };

/** A browser of its own, in which somebody is signed in. */
async function another(browser: Browser, role: Role, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}

/** The review of one seat more. */
async function review(page: Page, subscription: Subscription, po: string): Promise<void> {
  const query = `line=1&seats=${subscription.seats + 1}&po_number=${encodeURIComponent(po)}&step=review`;
  await page.goto(`/subscriptions/${subscription.id}/seats?${query}`);
}

test("an order's page follows it to its end without being loaded again", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await review(page, subscription, aPoNumber());
  await placeOrder(page, `${subscription.seats + 1} seats`);
  const loads: string[] = [];
  page.on("framenavigated", (frame) => loads.push(frame.url()));
  await expect(page.getByRole("main").locator("header").getByText("completed", { exact: true })).toBeVisible(PATIENCE);
  await expectDone(page, ORDER_STEPS);
  await expect(page.getByRole("link", { name: "Check now" }), "there is nothing left to check").toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 }), "the number is there, too").toHaveText(/^Order [A-Z]+\d+$/);
  expect(loads).toEqual([]);
});

test("the pages of two people follow what one of them does", { tag: "@javascript" }, async ({ page, browser }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const other = await another(browser, "account manager");
  await other.goto(`/subscriptions/${subscription.id}`);
  const overview = await other.context().newPage();
  await overview.goto("/");
  const po = aPoNumber();

  await review(page, subscription, po);
  // Others may have had one open a few minutes before.
  const present = other.getByText("Tomas Okafor has a form of this subscription open");
  await expect(present).toBeVisible();
  await placeOrder(page, `${subscription.seats + 1} seats`);
  const order = new URL(page.url()).pathname;
  await expect(present, "the form was left").toHaveCount(0);
  const line = other.getByRole("region", { name: "Table of product lines" }).locator("tbody").getByRole("row");
  await expect(line.getByRole("cell").nth(1)).toHaveText((subscription.seats + 1).toLocaleString("en"), PATIENCE);
  await expect(other.getByRole("region", { name: "Orders" }).getByText(po)).toBeVisible();
  await expect(overview.getByRole("region", { name: "What changed since yesterday" }).locator(`a[href='${order}']`)).toBeVisible();
  await other.context().close();
});

test("a part that holds the focus is not taken away", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await review(page, subscription, aPoNumber());
  // The page hears nothing of the order before the focus is where it must not be taken from.
  let tell = (): void => {};
  const focused = new Promise<void>((done) => (tell = done));
  await page.route("**/*", async (route) => {
    if (["eventsource", "fetch"].includes(route.request().resourceType())) await focused;
    await route.continue();
  });
  await placeOrder(page, `${subscription.seats + 1} seats`);
  const check = page.getByRole("link", { name: "Check now" });
  await check.focus();
  tell();
  await expect(page.getByRole("main").locator("header").getByText("completed", { exact: true })).toBeVisible(PATIENCE);
  await expect(check).toBeFocused();
  await page.getByRole("main").focus();
  await expect(check, "it goes once the focus has left it").toHaveCount(0);
});

test("without the stream of events the page asks again by itself", { tag: "@javascript" }, async ({ page, problems }) => {
  await page.route("**/events?*", (route) => route.fulfill({ status: 204 }));
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await review(page, subscription, aPoNumber());
  await placeOrder(page, `${subscription.seats + 1} seats`);
  await expect(page.getByRole("main").locator("header").getByText("completed", { exact: true })).toBeVisible(PATIENCE);
  await expectDone(page, ORDER_STEPS);
  expect(problems).toEqual([]);
});

test("without JavaScript the order's page loads itself again", { tag: "@no-javascript" }, async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await review(page, subscription, aPoNumber());
  await placeOrder(page, `${subscription.seats + 1} seats`);
  await expect(page.getByRole("main").locator("header").getByText("completed", { exact: true })).toBeVisible(PATIENCE);
});

test("whoever closes the laptop while an order is placed finds the truth on the overview", async ({ page, browser, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  const subscription = await aChangeableSubscription(page);
  const po = aPoNumber("fault:html-504-after");
  const laptop = await another(browser, "account manager", javaScriptEnabled !== false);
  await review(laptop, subscription, po);
  const taken = laptop.waitForResponse(/\/api\/place_seat_change/);
  await laptop.getByRole("button", { name: /^Place order/ }).click({ noWaitAfter: true });
  await taken;
  await laptop.context().close();

  const returned = await another(browser, "account manager", javaScriptEnabled !== false);
  await returned.goto(`/subscriptions/${subscription.id}`);
  const placed = returned.getByRole("region", { name: "Orders" }).getByRole("listitem").filter({ hasText: po });
  const order = (await placed.getByRole("link").getAttribute("href")) ?? "";
  await expect(async () => {
    await returned.goto("/");
    const told = returned.getByRole("region", { name: "Under way" }).getByRole("listitem");
    const own = told.filter({ has: returned.locator(`a[href='${order}']`) });
    await expect(own, "whatever happens, it is told").toContainText("Placed by you", { timeout: 1_000 });
    await expect(own).toContainText("is completed", { timeout: 1_000 });
  }).toPass(PATIENCE);
  await returned.goto(`/subscriptions/${subscription.id}`);
  await expect(placed, "one order, not two").toHaveCount(1);
  await returned.context().close();
});

test("the same order again is pointed at the first one", async ({ page }) => {
  await signIn(page, "account manager");
  await page.goto("/customers?status=active");
  await page.getByRole("region", { name: "Customers" }).locator("tbody").getByRole("link").first().click();
  await page.getByRole("link", { name: "New order", exact: true }).click();
  const main = page.getByRole("main");
  await main.getByLabel("Search", { exact: true }).fill("Office 2026 licence");
  await main.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: /^Add Office 2026 licence/ }).first().click();
  const po = aPoNumber();
  await page.getByLabel("Seats", { exact: true }).fill("3");
  await page.getByLabel("PO number").fill(po);
  await page.getByRole("button", { name: "Review" }).click();
  await priced(page, "");
  const review = page.url();
  await placeOrder(page, "");
  const first = new URL(page.url()).pathname;

  await page.goto(review);
  // Which of the two it says depends on whether the first one has been sent by now.
  await expect(page.getByText(/^You placed the same order (a moment ago|already, and it is not settled yet)$/)).toBeVisible();
  await expect(page.getByRole("link", { name: "See that order" })).toHaveAttribute("href", first);
  const again = page.getByRole("checkbox", { name: "Place another one" });
  await expect(again).toHaveAttribute("required", "");
  await page.getByRole("button", { name: /^Place order/ }).click();
  await expect(page, "the box wants a tick").toHaveURL(review);
  await again.check();
  await placeOrder(page, "");
  expect(new URL(page.url()).pathname).not.toBe(first);
});
