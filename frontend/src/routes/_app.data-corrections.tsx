import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { CorrectionsPage } from '@/system/CorrectionsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/data-corrections')({
  beforeLoad: needs('data_check.read'),
  validateSearch: listSearch,
  component: CorrectionsPage,
});
