import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectRefusal, signIn, test } from "../fixtures.js";
import { connection, type Connection } from "../simulator.js";

/** Hosts that are no marketplace, one for each path. */
let elsewhere: Server;
let origin: string;

test.beforeAll(async () => {
  elsewhere = createServer((request, response) => answer(request.url ?? "/", response));
  await new Promise<void>((listening) => elsewhere.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
});

test.afterAll(() => elsewhere.close());

function answer(path: string, response: ServerResponse): void {
  if (path.startsWith("/redirect")) {
    response.writeHead(307, { location: "https://sign-in.example/portal?key=not-for-eyes" }).end();
  } else {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>not-for-eyes</body></html>");
  }
}

/** What is wrong with the connection, and what an admin reads of it. */
const failures: { name: string; wrong: () => Partial<Connection>; says: RegExp[] }[] = [
  {
    name: "a wrong subscription key",
    wrong: () => ({ key: "f".repeat(32) }),
    says: [/does not accept the subscription key/, /24 hours/, /reload that page/],
  },
  {
    name: "a wrong password",
    wrong: () => ({ password: "not the password" }),
    says: [/does not accept the user name, the password or the marketplace code/, /one for each application/, /activated/],
  },
  { name: "a wrong user", wrong: () => ({ username: "somebody.API" }), says: [/does not accept the user name/] },
  { name: "a wrong marketplace code", wrong: () => ({ code: "zz" }), says: [/its code “zz” is none that is known/] },
  { name: "a host that nobody knows", wrong: () => ({ url: "https://nobody.invalid/marketplace/eu" }), says: [/Nobody knows a host/] },
  { name: "a port where nothing listens", wrong: () => ({ url: "http://127.0.0.1:9/marketplace/eu" }), says: [/nothing listens/] },
  {
    name: "a redirect",
    wrong: () => ({ url: `${origin}/redirect` }),
    says: [/points elsewhere: to https:\/\/sign-in\.example\/portal\./, /does not go there/],
  },
  { name: "a web page", wrong: () => ({ url: `${origin}/page` }), says: [/is no marketplace/, /\/marketplace\/eu/] },
  {
    name: "a path that is not the marketplace's",
    wrong: () => ({ url: connection().url.replace(/[^/]+$/, "nowhere") }),
    says: [/is no marketplace/],
  },
];

for (const { name, wrong, says } of failures) {
  test(`${name} is told at once, with what to do`, async ({ page }) => {
    await open(page);
    const typed = { ...connection(), ...wrong() };
    await fillIn(page, typed);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page).toHaveTitle(/^Error: Connection/);
    const alert = page.getByRole("alert");
    for (const sentence of says) await expect(alert).toContainText(sentence);
    await expect(page.getByLabel("Marketplace URL")).toHaveValue(typed.url);
    await expect(page.getByLabel("Marketplace code")).toHaveValue(typed.code);
    await expect(page.getByLabel("User name")).toHaveValue(typed.username);
    await expectNoSecret(page, typed);
    await expect(page.getByRole("main")).not.toContainText("not-for-eyes");
  });
}

test("what works says how many customers it sees and how long that took", async ({ page }) => {
  await open(page);
  await fillIn(page, connection());
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText(/The connection works\..*It sees \d+ customers\. The test took \d+\.\d seconds\./s);
  await expectNoSecret(page, connection());
});

test("empty secrets are those in use, while nothing else changes", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("The connection works.");
  await page.getByLabel("User name").fill("somebody.API");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link", { name: /^Type the password again/ })).toHaveAttribute("href", "#password");
  await expect(page.getByRole("alert").getByRole("link", { name: /^Type the subscription key again/ })).toBeVisible();
  await expect(page.getByRole("main").locator("[aria-invalid=true]")).toHaveCount(2);
});

test("a missing key and an address without encryption are refused at their fields", async ({ page }) => {
  await open(page);
  await fillIn(page, { ...connection(), url: "http://user:secret@host.example/eu?key=secret", key: "" });
  await page.getByRole("button", { name: "Save connection" }).click();
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("link", { name: /https:\/\// })).toHaveAttribute("href", "#url");
  await expect(alert.getByRole("link", { name: /subscription key/ })).toHaveAttribute("href", "#subscription_key");
  await expect(page.getByLabel("Marketplace URL"), "without what may be secret").toHaveValue("http://host.example/eu");
});

test("what does not work is not saved", async ({ page }) => {
  await open(page);
  await fillIn(page, { ...connection(), key: "f".repeat(32) });
  await page.getByRole("button", { name: "Save connection" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was saved.");
  await expect(page.getByRole("region", { name: "In use" })).toContainText("the environment of the server");
});

test("regions and codes are offered, and anything else can be typed", async ({ page }) => {
  await open(page);
  for (const [label, value] of [
    ["Marketplace URL", "https://api.cloud.im/marketplace/eu"],
    ["Marketplace code", "us"],
  ] as const) {
    const list = await page.getByLabel(label).getAttribute("list");
    await expect(page.locator(`datalist#${list} option[value="${value}"]`)).toHaveCount(1);
  }
  await expect(page.getByRole("region", { name: "What the marketplace has been asked" })).toContainText("list customers");
});

test("a failed test is accessible", { tag: "@javascript" }, async ({ page }) => {
  await open(page);
  await fillIn(page, { ...connection(), key: "" });
  await page.getByLabel("Marketplace code").fill("");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
  await fillIn(page, { ...connection(), password: "not the password" });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("does not accept");
  await expectAccessible(page);
});

test("for an account manager the settings begin with their own profile", async ({ page, problems }) => {
  await signIn(page, "account manager");
  await expect(page.getByRole("link", { name: "Settings" })).toHaveAttribute("href", "/settings/profile");
  await expectRefusal(page, problems, "/settings/connection", 404);
});

async function open(page: Page): Promise<void> {
  await signIn(page, "admin");
  await page.goto("/");
  await page.goto((await page.getByRole("link", { name: "Settings" }).getAttribute("href")) ?? "");
  await expect(page.getByRole("heading", { level: 1, name: "Connection" })).toBeVisible();
}

async function fillIn(page: Page, typed: Connection): Promise<void> {
  await page.getByLabel("Marketplace URL").fill(typed.url);
  await page.getByLabel("Marketplace code").fill(typed.code);
  await page.getByLabel("User name").fill(typed.username);
  await page.getByLabel("Password", { exact: true }).fill(typed.password);
  await page.getByLabel("Subscription key", { exact: true }).fill(typed.key);
}

/** The secrets come back neither in their fields nor anywhere else. */
async function expectNoSecret(page: Page, typed: Connection): Promise<void> {
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await expect(page.getByLabel("Subscription key", { exact: true })).toHaveValue("");
  const whole = await page.content();
  for (const secret of [typed.password, typed.key]) expect(whole).not.toContain(secret);
}
