export function withLock(file: string, onWait: () => void, work: () => Promise<void>): Promise<void>;
