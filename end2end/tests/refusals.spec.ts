import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber } from "../orders.js";
import { aChangeableSubscription } from "../subscriptions.js";

/** Ways the marketplace refuses, and what people read of each. The marketplace's own answers carry a correlation id. */
const refusals = [
  { fault: "expired-token", reason: /does not accept Seatboard's user name and password\. Ask an admin/, correlated: true },
  { fault: "key-refused", reason: /does not accept Seatboard's subscription key\. Ask an admin/, correlated: true },
  { fault: "forbidden", reason: /does not allow this account to do that.*Ask the marketplace's support/, correlated: true },
  { fault: "out-of-quota", reason: /allows in a day are used up.*Try again in/, correlated: true },
  { fault: "not-found", reason: /does not know this, or knows it no longer.*Reload the page/, correlated: true },
  { fault: "rate-limited", reason: /asked too much at the moment.*Try again in/, correlated: true },
  { fault: "internal-error", reason: /The marketplace says: Internal error.*ask its support/, correlated: true },
  { fault: "conflict-500", reason: /still in progress\. Wait until it is done/, correlated: true },
  { fault: "error-other-spelling", reason: /The marketplace says: .*try again/, correlated: true },
  { fault: "html-504-before", reason: /does not answer at the moment.*try again/, correlated: false },
  { fault: "maintenance-503", reason: /does not answer at the moment.*try again/, correlated: false },
  { fault: "html-200", reason: /does not answer at the moment.*try again/, correlated: false },
  { fault: "truncated-body", reason: /does not answer at the moment.*try again/, correlated: false },
  { fault: "reset-before", reason: /does not answer at the moment.*try again/, correlated: false },
];

for (const { fault, reason, correlated } of refusals) {
  test(`${fault}: what was not done, why, what to do, and everything typed is still there`, async ({ page, javaScriptEnabled }) => {
    await signIn(page, "technician");
    const subscription = await aChangeableSubscription(page);
    await page.goto(`/subscriptions/${subscription.id}/seats`);
    const po = aPoNumber(`estimate-fault:${fault}`);
    await page.getByLabel("PO number").fill(po);
    await page.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 2}`);
    await page.getByRole("button", { name: "Review" }).click();

    await expect(page).toHaveTitle(/^Error: Change seats/);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("Nothing was ordered");
    await expect(alert).toContainText(reason);
    await expect(page.getByLabel("PO number")).toHaveValue(po);
    await expect(page.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
    if (!correlated) return;
    await expect(alert.locator("code")).toHaveText(/^a8n-/);
    if (javaScriptEnabled === false) return;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await alert.getByRole("button", { name: "Copy" }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toBe(await alert.locator("code").innerText());
  });
}
