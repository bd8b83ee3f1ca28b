import { expect, signIn, test } from "../fixtures.js";
import { connection } from "../simulator.js";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an admin stores the connection, which is used at once, and goes back to the environment's", async ({ page }) => {
      await signIn(page, "admin");
      await page.goto("/settings/connection");
      const forget = page.getByRole("button", { name: "Use the environment's again" });
      // What a try that failed left behind.
      if ((await forget.count()) > 0) {
        await forget.click();
        await expect(page.getByRole("main").getByRole("status")).toContainText("is forgotten");
        await page.goto("/settings/connection");
      }
      const inUse = page.getByRole("region", { name: "In use" });
      await expect(inUse).toContainText("the environment of the server");
      const { password, key } = connection();
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByLabel("Subscription key", { exact: true }).fill(key);
      await page.getByRole("button", { name: "Save connection" }).click();
      await expect(page.getByRole("main").getByRole("status")).toContainText("The connection works, is stored and in use.");
      await expect(inUse).toContainText(/these settings, by .+/);
      await expect(inUse).toContainText(`ends in ${key.slice(-4)}`);
      expect(await page.content()).not.toContain(key);

      await page.getByRole("button", { name: "Test", exact: true }).click();
      await expect(page.getByRole("main").getByRole("status"), "the stored secrets are used").toContainText("The connection works.");

      await page.getByRole("button", { name: "Use the environment's again" }).click();
      await expect(page.getByRole("main").getByRole("status")).toContainText("The stored connection is forgotten.");
      await expect(inUse).toContainText("the environment of the server");

      await page.goto("/activity");
      const activity = page.getByRole("region", { name: "Activity" });
      await expect(activity).toContainText("changed the connection to the marketplace");
      await expect(activity).toContainText("forgot the stored connection to the marketplace");
      await expect(activity).toContainText("tested a connection to the marketplace");
      const whole = await page.content();
      for (const secret of [password, key]) expect(whole).not.toContain(secret);
    });
  });
}
