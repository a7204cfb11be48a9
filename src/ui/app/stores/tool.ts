import { create } from 'zustand';

/** What a click on the map does. */
export type Tool =
  | { id: 'select' }
  | { id: 'measure'; kind: 'length' | 'area' }
  | { id: 'add-component'; scheme: string; classCode: string }
  | { id: 'move-component'; component: number }
  | { id: 'edit-nodes' };

interface ToolState {
  tool: Tool;
  setTool: (tool: Tool) => void;
}

export const useTool = create<ToolState>()((set) => ({
  tool: { id: 'select' },
  setTool: (tool) => set({ tool }),
}));
