import { createFileRoute } from '@tanstack/react-router';
import { QueuePage } from '@/offline/QueuePage';

export const Route = createFileRoute('/_m/m/queue')({ component: QueuePage });
