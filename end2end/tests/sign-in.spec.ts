import type { Page } from "@playwright/test";
import { demoPassword, emailOf, enterCredentials, expect, expectRefusal, forgetSession, signIn, test } from "../fixtures.js";
import { aChangeableSubscription } from "../subscriptions.js";

test("a wrong password and an unknown e-mail address are told the same", async ({ page }) => {
  const answers: string[] = [];
  for (const email of [emailOf("viewer"), "nobody@seatboard.example"]) {
    await page.goto("/sign-in");
    await enterCredentials(page, email, "not-the-password");
    await expect(page).toHaveTitle(/^Error: Sign in/);
    answers.push(await page.getByRole("alert").innerText());
    await expect(page.getByLabel("Email", { exact: true }), "what was typed stays").toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true }), "the password does not").toHaveValue("");
  }
  expect(answers[0]).toContain("do not match");
  expect(answers[1]).toBe(answers[0]);
});

test("the page asked for comes after signing in, also after a wrong password", async ({ page }) => {
  await page.goto("/customers?search=a&sort=status");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await enterCredentials(page, emailOf("viewer"), "not-the-password");
  await expect(page.getByRole("alert")).toBeVisible();
  await enterCredentials(page, emailOf("viewer"), demoPassword());
  await expect(page).toHaveURL("/customers?search=a&sort=status");
});

test("a link cannot lead to another site after signing in", async ({ page, baseURL }) => {
  for (const elsewhere of ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example/"]) {
    await forgetSession(page);
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await enterCredentials(page, emailOf("viewer"), demoPassword());
    await expect(page).toHaveURL(`${baseURL}/`);
  }
});

test("after signing out the pages ask to sign in again", async ({ page }) => {
  await signIn(page, "viewer");
  const session = await page.context().cookies();
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.context().addCookies(session);
  await page.goto("/customers");
  await expect(page, "the old session is worth nothing").toHaveURL(/\/sign-in/);
});

test("the session cookie is out of reach of scripts and other sites, and new after signing in", async ({ page }) => {
  await page.goto("/sign-in");
  await enterCredentials(page, emailOf("viewer"), "not-the-password");
  await expect(page.getByRole("alert")).toBeVisible();
  const before = await sessionCookie(page);
  await enterCredentials(page, emailOf("viewer"), demoPassword());
  await expect(page).not.toHaveURL(/\/sign-in/);
  const after = await sessionCookie(page);
  expect(after).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(after?.value, "a session id from before signing in is of no use").not.toBe(before?.value);
});

test("a viewer finds Change seats disabled, with the reason", async ({ page }) => {
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  await forgetSession(page);
  await signIn(page, "viewer");
  await page.goto(`/subscriptions/${subscription.id}`);
  await expect(page.getByRole("button", { name: "Change seats", exact: true })).toBeDisabled();
  await expect(page.getByRole("main")).toContainText("Your role does not let you change seats");
  await expect(page.getByRole("main")).not.toContainText("Cost per seat");
});

test("a technician may not place a new order", async ({ page, problems }) => {
  await signIn(page, "technician");
  await page.goto("/orders");
  await expect(page.getByRole("button", { name: "New order" })).toBeDisabled();
  await expectRefusal(page, problems, "/orders/new", 403);
  await expect(page.getByRole("alert")).toContainText("Your role does not let you place orders");
});

test("for a technician the activity does not exist", async ({ page, problems }) => {
  await signIn(page, "technician");
  await expect(page.getByRole("link", { name: "Activity" })).toHaveCount(0);
  await expectRefusal(page, problems, "/activity", 404);
});

async function sessionCookie(page: Page) {
  return (await page.context().cookies()).find((cookie) => cookie.name.endsWith("seatboard"));
}
