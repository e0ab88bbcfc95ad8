import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ChartPage } from '@/org/ChartPage';

export const Route = createFileRoute('/_app/org/')({
  beforeLoad: needs('org.read'),
  component: ChartPage,
});
