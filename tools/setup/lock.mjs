import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a lock file may stand without a readable process number in it before it counts as left behind. */
const unreadableAfterMs = 5000;

/**
 * Does `work` while holding `file`, a lock that names its owner's process. A lock whose owner is gone is taken over.
 * @param {string} file
 * @param {() => void} onWait called once when somebody else holds it
 * @param {() => Promise<void>} work
 */
export async function withLock(file, onWait, work) {
  for (let waited = false; !take(file); waited = true) {
    if (!waited) onWait();
    removeIfLeftBehind(file);
    await pause(200);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Creates the lock, or answers false when it exists. Creation is the atomic step. */
function take(file) {
  let handle;
  try {
    handle = openSync(file, 'wx');
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeSync(handle, String(process.pid));
  closeSync(handle);
  return true;
}

/**
 * Removes a dead owner's lock. Two who wait could both find it dead, and the slower would then remove the faster one's new
 * lock; so removing is itself behind a lock, and the owner is read again inside.
 */
function removeIfLeftBehind(file) {
  if (!isLeftBehind(file)) return;
  const guard = `${file}.removing`;
  if (!take(guard)) {
    if (isOlderThan(guard, unreadableAfterMs)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isLeftBehind(file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function isLeftBehind(file) {
  const owner = Number(readIfThere(file));
  return owner > 0 ? !isAlive(owner) : isOlderThan(file, unreadableAfterMs);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function isOlderThan(file, ms) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ms;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
