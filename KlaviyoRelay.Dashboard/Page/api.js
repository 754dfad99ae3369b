const token = document.querySelector("meta[name=dashboard-token]").content;

async function answerOf(request) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Error("The relay does not answer. Is it still running?");
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(body?.error ?? `The relay answered ${answer.status}.`);
  return body;
}

export const get = path => answerOf(fetch(`/dashboard/${path}`));

export const post = (path, body) => answerOf(fetch(`/dashboard/${path}`, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-Dashboard-Token": token },
  body: JSON.stringify(body),
}));

/** The same request for a shell. The token is the page's: it is good until the relay stops, and on this machine only. */
export const curlOf = (path, body) =>
  `curl -sS ${location.origin}/dashboard/${path} -H 'Content-Type: application/json' -H 'X-Dashboard-Token: ${token}' -d '${JSON.stringify(body)}'`;

/** A file, as it is. */
export const postBody = (path, body, type, encoding) => answerOf(fetch(`/dashboard/${path}`, {
  method: "POST",
  headers: { "Content-Type": type, "X-Dashboard-Token": token, ...(encoding ? { "Content-Encoding": encoding } : {}) },
  body,
}));
