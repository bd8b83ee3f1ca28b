import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber } from "../orders.js";
import { bringUp, takeDown } from "../simulator.js";
import { aChangeableSubscription } from "../subscriptions.js";

test.afterEach(bringUp);

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("everything can still be read, and says how old it is", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      await takeDown(request);
      const facts = [`/customers/${subscription.customerId}`, `/subscriptions/${subscription.id}`, "/catalogue/products"];
      for (const path of ["/", "/customers", "/subscriptions", "/orders", "/catalogue/plans", "/reports", ...facts]) {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
        await expect(page.getByText(/^As of /).first(), path).toBeVisible();
      }
    });

    test("a change of seats is refused with the reason and keeps what was typed", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const po = aPoNumber();
      await page.goto(`/subscriptions/${subscription.id}/seats`);
      await takeDown(request);
      await page.getByLabel("PO number").fill(po);
      await page.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 2}`);
      await page.getByRole("button", { name: "Review" }).click();
      await expect(page.getByRole("alert")).toContainText("The marketplace");
      await expect(page.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
      await expect(page.getByLabel("PO number")).toHaveValue(po);

      await bringUp({ request });
      await expect(async () => {
        await page.getByRole("button", { name: "Review" }).click();
        await expect(page.getByRole("button", { name: /^Place order/ })).toBeVisible({ timeout: 1_000 });
      }, "once the marketplace is back, the same form goes through").toPass();
    });

    test("an order that cannot be sent is not placed, and is still there to be placed", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const po = aPoNumber();
      await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 2}&po_number=${po}&step=review`);
      const place = page.getByRole("button", { name: `Place order: ${subscription.seats + 2} seats` });
      await expect(place).toBeVisible();
      await takeDown(request);
      await place.click();
      await expect(page.getByRole("alert")).toContainText("The marketplace");
      await expect(page).toHaveURL(new RegExp(`/subscriptions/${subscription.id}/seats`));
      await expect(page.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
      await expect(page.getByLabel("PO number")).toHaveValue(po);
      await page.goto(`/subscriptions/${subscription.id}`);
      await expect(page.getByRole("region", { name: "Orders" })).not.toContainText(po);
    });
  });
}
