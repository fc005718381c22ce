// The official SDKs of OpenAI and Anthropic against a gateway: node gateway.mjs URL KEY. Prints what they got as JSON.
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";

const [url, apiKey] = process.argv.slice(2);
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
const messages = [{ role: "user", content: "hello" }];
const said = (content) => ({ model: "gpt-4o-mini", max_tokens: 50, messages: [{ role: "user", content }] });

const refused = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, message: String(error.message) };
  }
};

const chat = await openai.chat.completions.create(said("hello"));
let streamed = "";
let usage = null;
for await (const chunk of await openai.chat.completions.create({ ...said("hello"), stream: true })) {
  streamed += chunk.choices[0]?.delta?.content ?? "";
  usage ??= chunk.usage ?? null;
}
const tool = await openai.chat.completions.create(said("weather in Oslo?"));
const response = await openai.responses.create({ model: "gpt-4o-mini", input: "hello" });
const embedding = await openai.embeddings.create({ model: "text-embedding-3-small", input: "an embedded text" });
const message = await anthropic.messages.create({ model: "claude-haiku-4-5", max_tokens: 50, messages });
const stream = anthropic.messages.stream({ model: "claude-haiku-4-5", max_tokens: 50, messages });
const final = await stream.finalMessage();
const wrong = openai.withOptions({ apiKey: "lk_live_pk_x" });

console.log(
  JSON.stringify({
    chat: chat.choices[0].message.content,
    streamed,
    usage,
    tool: tool.choices[0].message.tool_calls[0].function.name,
    response: response.output_text,
    embedding: embedding.data[0].embedding,
    message: message.content[0].text,
    final: final.content[0].text,
    wrong_key: await refused(() => wrong.chat.completions.create(said("hello"))),
    too_often: await refused(() => openai.chat.completions.create(said("too often"))),
    broken: await refused(async () => {
      for await (const _ of await openai.chat.completions.create({ ...said("break off"), stream: true }));
    }),
    broken_message: await refused(() =>
      anthropic.messages
        .stream({ model: "claude-haiku-4-5", max_tokens: 50, messages: [{ role: "user", content: "break off" }] })
        .finalMessage(),
    ),
  }),
);
