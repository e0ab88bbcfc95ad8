import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ComputersPage } from '@/system/ComputersPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/computers')({
  beforeLoad: needs('computer.read'),
  validateSearch: listSearch,
  component: ComputersPage,
});
