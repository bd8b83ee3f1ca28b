import { demoPassword, expect, expectAccessible, signIn, test } from "../fixtures.js";
import { press } from "../keyboard.js";

test("by keyboard alone somebody confirms that it is them, and goes on to where they were", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "technician");
  await page.goto("/prove?next=%2Fsettings%2Fprofile");
  await expect(page.getByRole("heading", { level: 1, name: "Confirm it is you" })).toBeVisible();
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toBeFocused();
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^Error: Confirm it is you/);
  await expect(password).toHaveAccessibleDescription(/not right/);
  if (javaScriptEnabled) await expectAccessible(page);
  await press(page, page.getByRole("alert").getByRole("link", { name: /not right/ }));
  await expect(password).toBeFocused();
  await page.keyboard.type(demoPassword());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/settings/profile");
});
