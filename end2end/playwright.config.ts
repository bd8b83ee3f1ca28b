import { defineConfig, devices } from "@playwright/test";

/** Chromium has no sandbox for root, and should call nobody by itself. */
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Makes orders wait for everybody, so it runs when the others are through. */
const approvals = "approvals.spec.ts";

/** Takes the marketplace down for everybody, so it runs when the others are through. */
const outage = "marketplace-down.spec.ts";

/** Exchanges the connection under everybody's feet, so it runs last of all. */
const exchange = "connection-exchanged.spec.ts";

/**
 * `cargo xtask test` starts the server and sets BASE_URL, the MARKETPLACE_* of the stand-in, CHROMIUM_PATH and SEATBOARD_DEMO_PASSWORD.
 * Every test runs with and without JavaScript, except those tagged `@javascript` or `@no-javascript`.
 */
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  // A busy machine does things to a browser that no user sees. What passes at the second try only is counted apart.
  retries: 1,
  workers: 2,
  // Long enough for orders to be carried out on a busy machine; nothing waits for it when all is well.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: [...asRoot, ...quiet] },
  },
  projects: [
    { name: "chromium", testIgnore: [approvals, outage, exchange], grepInvert: /@no-javascript/ },
    { name: "no-javascript", testIgnore: [approvals, outage, exchange], grepInvert: /@javascript/, use: { javaScriptEnabled: false } },
    { name: "approvals", testMatch: approvals, dependencies: ["chromium", "no-javascript"] },
    { name: "marketplace-down", testMatch: outage, dependencies: ["approvals"] },
    { name: "connection-exchanged", testMatch: exchange, dependencies: ["marketplace-down"] },
  ],
});
