/** Hands a network to the layout worker and waits for the places. */
import workerSource from "worker:./layout_worker.js";

/**
 * @param {import("./types.js").Network} network
 * @param {Float64Array} start x, y pairs
 * @returns {Promise<Float64Array>}
 */
export async function runForces(network, start) {
  const { members, lines } = network;
  // Sorted by id, so that places do not depend on the order in which rows came.
  const order = members.map((_, i) => i).sort((a, b) => (members[a].id < members[b].id ? -1 : 1));
  const rank = new Int32Array(members.length);
  order.forEach((member, position) => (rank[member] = position));
  const job = {
    x: Float64Array.from(order, (i) => start[2 * i]),
    y: Float64Array.from(order, (i) => start[2 * i + 1]),
    radius: Float64Array.from(order, (i) => members[i].radius),
    edges: lines
      .map((line) => {
        const [a, b] = [rank[line.source], rank[line.target]];
        // Smallest first: the order in which numbers are added shows in the last bit.
        const weights = line.ties.map((tie) => Math.max(0, tie.weight)).sort((p, q) => p - q);
        return [Math.min(a, b), Math.max(a, b), weights.reduce((sum, weight) => sum + weight, 0)];
      })
      .sort((p, q) => p[0] - q[0] || p[1] - q[1]),
  };
  const places = await inWorker(job);
  const result = new Float64Array(members.length * 2);
  order.forEach((member, position) => {
    result[2 * member] = places[2 * position];
    result[2 * member + 1] = places[2 * position + 1];
  });
  return result;
}

function inWorker(/** @type {object} */ job) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    worker.onmessage = (event) => {
      worker.terminate();
      resolve(event.data);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message));
    };
    worker.postMessage(job);
  });
}
