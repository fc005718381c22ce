// Audits the server at the address given, and prints the results as JSON.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const results = [];
// One after the other: it is about answers, not about load.
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  results.push({ id: result.id, name: result.name, status: result.status, reason: result.reason ?? null });
}
console.log(JSON.stringify(results));
