import { create } from 'zustand';

export interface Toast {
  id: number;
  tone: 'done' | 'error' | 'notice';
  text: string;
  /** One thing to do about it, e.g. undo. */
  act?: { label: string; perform: () => void };
}

interface Toasts {
  toasts: readonly Toast[];
  show: (toast: Omit<Toast, 'id'>) => void;
  dismiss: (id: number) => void;
}

let last = 0;
const KEPT = 3;

export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  show: (toast) => {
    last += 1;
    const id = last;
    // What was done before is no longer what undo would take back; only failures stay beside the new line.
    set((now) => ({ toasts: [...now.toasts.filter((one) => one.tone === 'error'), { ...toast, id }].slice(-KEPT) }));
  },
  dismiss: (id) => set((now) => ({ toasts: now.toasts.filter((one) => one.id !== id) })),
}));
