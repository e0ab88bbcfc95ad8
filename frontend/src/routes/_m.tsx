import { createFileRoute } from '@tanstack/react-router';
import { requireSession } from '@/access/guard';
import { PhoneLayout } from '@/shell/PhoneLayout';

/** Phone pages live under /m: the service worker and the offline queue belong to that path. */
export const Route = createFileRoute('/_m')({
  beforeLoad: requireSession,
  component: PhoneLayout,
});
