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

/** `cargo xtask test` starts the server and sets BASE_URL, CHROMIUM_PATH and SEATBOARD_DEMO_PASSWORD. */
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
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
    { name: "chromium", testIgnore: "**/no-javascript/**" },
    { name: "no-javascript", testMatch: "**/no-javascript/**/*.spec.ts", use: { javaScriptEnabled: false } },
  ],
});
