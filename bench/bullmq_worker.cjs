// BullMQ and nothing else: jobs that do nothing, with the settings of its manual. `bench.bullmq` runs it and says where
// the packages are (NODE_PATH). Prints one line of JSON: a rate when jobs were queued first, or latencies one by one.

const { Queue, QueueEvents, Worker } = require("bullmq");
const { Redis } = require("ioredis");

const QUEUE = "bench";
const BULK = 500;
const LATER_THAN_FIRST = 5; // the first few open connections and load scripts

function connect() {
  return new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
}

async function drain(queue, jobs, concurrency) {
  for (let added = 0; added < jobs; added += BULK) {
    const some = Math.min(BULK, jobs - added);
    await queue.addBulk(Array.from({ length: some }, () => ({ name: "noop", data: {} })));
  }
  let first = 0n;
  let cpu;
  const worker = new Worker(
    QUEUE,
    async () => {
      if (!first) {
        first = process.hrtime.bigint();
        cpu = process.cpuUsage();
      }
    },
    { connection: connect(), concurrency, autorun: false },
  );
  let left = jobs;
  const seconds = await new Promise((resolve, reject) => {
    worker.on("completed", () => {
      if (--left === 0) resolve(Number(process.hrtime.bigint() - first) / 1e9);
    });
    worker.on("failed", (_job, error) => reject(error));
    worker.run().catch(reject);
  });
  const used = process.cpuUsage(cpu);
  return {
    rate: jobs / seconds,
    cpu_us: (used.user + used.system) / jobs,
    rss_mib: process.resourceUsage().maxRSS / 1024,
  };
}

async function follow(queue, jobs, concurrency) {
  const worker = new Worker(QUEUE, async () => {}, { connection: connect(), concurrency });
  const events = new QueueEvents(QUEUE, { connection: connect() });
  await Promise.all([worker.waitUntilReady(), events.waitUntilReady()]);
  const latencies = [];
  for (let number = 0; number < jobs + LATER_THAN_FIRST; number++) {
    const started = process.hrtime.bigint();
    const job = await queue.add("noop", {});
    await job.waitUntilFinished(events);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (number >= LATER_THAN_FIRST) latencies.push(seconds);
  }
  return { latencies };
}

// Jobs of a later hour, cancelled.
async function remove(queue, jobs, concurrency) {
  const later = { delay: 3_600_000 };
  const added = await queue.addBulk(
    Array.from({ length: jobs }, () => ({ name: "noop", data: {}, opts: later })),
  );
  const started = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let job = added.pop(); job; job = added.pop()) await job.remove();
    }),
  );
  return { rate: jobs / (Number(process.hrtime.bigint() - started) / 1e9) };
}

// Each fails so often before it succeeds; retries a second.
async function retry(queue, jobs, concurrency, failures) {
  const opts = { attempts: failures + 1, backoff: { type: "fixed", delay: 100 } };
  await queue.addBulk(Array.from({ length: jobs }, () => ({ name: "flaky", data: {}, opts })));
  let first = 0n;
  let left = jobs;
  const worker = new Worker(
    QUEUE,
    async (job) => {
      first ||= process.hrtime.bigint();
      if (job.attemptsMade < failures) throw new Error("It fails as it was told to.");
    },
    { connection: connect(), concurrency, autorun: false },
  );
  const seconds = await new Promise((resolve, reject) => {
    worker.on("completed", () => {
      if (--left === 0) resolve(Number(process.hrtime.bigint() - first) / 1e9);
    });
    worker.run().catch(reject);
  });
  return { rate: (jobs * failures) / seconds };
}

async function main() {
  const [mode, jobs, concurrency, failures] = process.argv.slice(2);
  const queue = new Queue(QUEUE, { connection: connect() });
  await queue.waitUntilReady();
  const measure = { drain, follow, remove, retry }[mode];
  const found = await measure(queue, Number(jobs), Number(concurrency), Number(failures));
  await new Promise((resolve) => process.stdout.write(JSON.stringify(found) + "\n", resolve));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
