import type { Tool } from '../../app/stores/tool.ts';
import { addTool, moveTool } from './component-tools.ts';
import { GridTool } from './grid-tool.ts';
import { measureTool } from './measure-tool.ts';
import { selectTool } from './select-tool.ts';
import type { MapTool, ToolRoom } from './tool.ts';

/** The hand for a tool of the store. */
export function toolMaker(tool: Tool, editsGrids: boolean): (room: ToolRoom) => MapTool {
  switch (tool.id) {
    case 'measure':
      return (room) => measureTool(room, tool.kind);
    case 'add-component':
      return (room) => addTool(room, tool.scheme, tool.classCode);
    case 'move-component':
      return (room) => moveTool(room, tool.component);
    case 'edit-nodes':
      return (room) => new GridTool(room);
    case 'select':
      return (room) => (editsGrids ? new GridTool(room) : selectTool(room));
  }
}
