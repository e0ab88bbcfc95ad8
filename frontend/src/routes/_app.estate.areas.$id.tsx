import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AreaPage } from '@/estate/records/AreaPage';

export const Route = createFileRoute('/_app/estate/areas/$id')({
  beforeLoad: needs('estate.read'),
  component: () => <AreaPage {...Route.useParams()} />,
});
