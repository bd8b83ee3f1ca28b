import { expect, signIn, test } from "../fixtures.js";
import { press, typeInto } from "../keyboard.js";
import { aPoNumber, expectDone, follow, ORDER_STEPS, placed, placeOrder, priced } from "../orders.js";
import { aChangeableSubscription, expectSeats } from "../subscriptions.js";

test("a technician finds a client's subscription and changes its seats", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const seats = subscription.seats + 3;

  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  await page.getByLabel("Search", { exact: true }).fill(subscription.customer);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("row", { name: subscription.customerId }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: subscription.customer })).toBeVisible();
  await page.getByRole("region", { name: "Subscriptions", exact: true }).locator(`a[href$='/${subscription.id}']`).click();
  await page.getByRole("link", { name: "Change seats", exact: true }).click();
  const po = aPoNumber();
  await page.getByLabel("PO number").fill(po);
  await page.getByLabel("Seats", { exact: true }).fill(`${seats}`);
  await page.getByRole("button", { name: "Review" }).click();

  await expect(page.getByRole("main")).toContainText(`${subscription.seats} → ${seats}`);
  await expect(page.getByRole("main")).toContainText(po);
  await priced(page, `${seats} seats`);
  await expect(page.getByText("Charged now, before tax")).toBeVisible();
  await expect(page.getByText(/^Can be undone until|^Until when this can be undone/)).toBeVisible();
  await placeOrder(page, `${seats} seats`);

  await follow(page, "completed", javaScriptEnabled !== false);
  await expectDone(page, ORDER_STEPS);
  await expectSeats(page, subscription, seats);
});

test("the estimate follows what is typed, without a reload", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await page.goto(`/subscriptions/${subscription.id}/seats`);
  const loads: string[] = [];
  page.on("framenavigated", (frame) => loads.push(frame.url()));

  const seats = page.getByLabel("Seats", { exact: true });
  const estimate = page.locator("section").filter({ has: page.getByRole("heading", { name: "Estimate" }) });
  await seats.fill(`${subscription.seats + 2}`);
  await expect(estimate).toContainText("Charged now, before tax");
  await expect(page.getByText("+2", { exact: true })).toBeVisible();
  const forTwo = await estimate.innerText();
  await page.getByRole("button", { name: "One seat more" }).click();
  await expect(seats).toHaveValue(`${subscription.seats + 3}`);
  await expect(page.getByText("+3", { exact: true })).toBeVisible();
  await expect.poll(() => estimate.innerText(), "another number, another price").not.toBe(forTwo);
  expect(loads).toEqual([]);
});

test("seats can be changed with the keyboard alone", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const seats = subscription.seats + 1;
  await page.goto(`/subscriptions/${subscription.id}`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  await press(page, page.getByRole("link", { name: "Change seats", exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: "Change seats", exact: true })).toBeVisible();
  await typeInto(page, page.getByLabel("Seats", { exact: true }), `${seats}`);
  await expect(page.getByText("Charged now, before tax")).toBeVisible();
  await page.keyboard.press("Enter");
  const place = await priced(page, `${seats} seats`);
  await press(page, place);
  await placed(page, () => press(page, place));
  await follow(page, "completed", true);
});

test("too many seats are refused beside the field, which keeps them", async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  for (const [typed, reason] of [[`${subscription.most + 1}`, `${subscription.most}`], ["twelve", "whole number"], ["1.5", "whole number"]]) {
    await page.goto(`/subscriptions/${subscription.id}/seats`);
    const seats = page.getByLabel("Seats", { exact: true });
    await page.getByLabel("PO number").fill("PO to keep");
    await seats.fill(typed ?? "");
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page).toHaveTitle(/^Error: Change seats/);
    await expect(seats).toHaveValue(typed ?? "");
    await expect(seats).toHaveAttribute("aria-invalid", "true");
    await expect(seats).toHaveAccessibleDescription(new RegExp(reason ?? ""));
    await expect(page.getByLabel("PO number")).toHaveValue("PO to keep");
    await page.getByRole("alert").getByRole("link").click();
    await expect(page, "the summary leads to the field").toHaveURL(/#seats$/);
  }
});

test("a second change has to wait for the first one", async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 1}&step=review`);
  const late = await page.context().newPage();
  await late.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 2}&step=review`);
  const second = await priced(late, `${subscription.seats + 2} seats`);
  await placeOrder(page, `${subscription.seats + 1} seats`);
  await second.click();
  // A quick marketplace may have completed the first one already; then the second starts from other seats than those shown.
  await expect(late.getByRole("alert")).toContainText(/already under way|The price changed|by now, not/);
  await late.close();
});

test("an order the vendor cannot carry out is shown as failed, and the seats stay", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const po = aPoNumber("fault:provisioning-failed");
  await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 1}&po_number=${po}&step=review`);
  await placeOrder(page, `${subscription.seats + 1} seats`);
  await follow(page, "failed", javaScriptEnabled !== false);
  await expect(page.getByRole("main")).not.toContainText("Completed, done");
  await expectSeats(page, subscription, subscription.seats);
});

test("an order whose answer got lost is found again and not placed twice", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const po = aPoNumber("fault:html-504-after");
  await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 1}&po_number=${po}&step=review`);
  await placeOrder(page, `${subscription.seats + 1} seats`);
  await follow(page, "completed", javaScriptEnabled !== false);
  await expectSeats(page, subscription, subscription.seats + 1);
  await expect(page.getByRole("region", { name: "Orders" }).getByText(po), "one order, not two").toHaveCount(1);
});
