import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runFuzz } from './run-fuzz.ts';

const { seed, inputs, pastes } = z
  .object({ seed: z.int(), inputs: z.int(), pastes: z.array(z.string()) })
  .parse(workerData);
parentPort?.postMessage(runFuzz(seed, inputs, pastes));
