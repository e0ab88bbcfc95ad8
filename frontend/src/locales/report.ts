import { catalog } from './catalog';
import zh from './zh-CN/report';

export const t = catalog('report', zh);
