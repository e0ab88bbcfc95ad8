import { createFileRoute } from '@tanstack/react-router';
import { WorkScreen } from '@/workbench/phone/WorkScreen';

export const Route = createFileRoute('/_m/m/work')({ component: WorkScreen });
