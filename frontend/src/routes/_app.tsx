import { createFileRoute } from '@tanstack/react-router';
import { requireSession } from '@/access/guard';
import { AppLayout } from '@/shell/AppLayout';
import { antdSheet } from '@/ui/antdSheet';

export const Route = createFileRoute('/_app')({
  beforeLoad: requireSession,
  loader: antdSheet,
  component: AppLayout,
});
