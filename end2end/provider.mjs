/**
 * A certified OpenID Connect provider for the tests, on this machine: `node provider.mjs REDIRECT_URI`. It believes every name it
 * is given; what comes before the first dot of a name is the person's group. It prints what the server has to know of it.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

const redirectUri = process.argv[2];
if (!redirectUri) throw new Error("say where to lead people back to: node provider.mjs REDIRECT_URI");

const secret = () => randomBytes(24).toString("base64url");
const clientId = "seatboard";
const clientSecret = secret();

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  pkce: { required: () => true },
  cookies: { keys: [secret()] },
  claims: { email: ["email", "email_verified"], profile: ["name", "groups"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => claims(id) }),
  // Nobody is asked whether Seatboard may know who they are.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

function claims(id) {
  return { sub: id, email: `${id}@aldgate.example`, email_verified: true, name: `Ida ${id}`, groups: [id.split(".")[0]] };
}

const page = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Provider</title><link rel="icon" href="data:,"></head>
  <body>
    <h1>Sign in at the provider</h1>
    <form method="post">
      <label for="name">Name at the provider</label> <input id="name" name="name" autofocus>
      <button name="answer" value="yes">Go on</button>
      <button name="answer" value="no">Cancel</button>
    </form>
  </body>
</html>`;

async function interact(request, response) {
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const denied = { error: "access_denied", error_description: "the person said no" };
  const result = form.get("answer") === "no" ? denied : { login: { accountId: form.get("name") ?? "" } };
  await provider.interactionFinished(request, response, result);
}

const answer = provider.callback();
server.on("request", (request, response) => {
  if (!request.url?.startsWith("/interaction/")) {
    answer(request, response);
    return;
  }
  interact(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
console.log(`issuer: ${issuer}\nclient-id: ${clientId}\nclient-secret: ${clientSecret}`);
