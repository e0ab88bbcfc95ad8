import { catalog } from './catalog';
import zh from './zh-CN/tasks';

export const t = catalog('tasks', zh);
