import { createFileRoute } from '@tanstack/react-router';
import { requireSession } from '@/access/guard';
import { AppLayout } from '@/shell/AppLayout';

export const Route = createFileRoute('/_app')({
  beforeLoad: requireSession,
  component: AppLayout,
});
