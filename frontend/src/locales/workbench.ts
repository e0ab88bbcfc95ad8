import { catalog } from './catalog';
import zh from './zh-CN/workbench';

export const t = catalog('workbench', zh);
