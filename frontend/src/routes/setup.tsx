import { createFileRoute } from '@tanstack/react-router';
import { SetupPage } from '@/access/SetupPage';

export const Route = createFileRoute('/setup')({ component: SetupPage });
