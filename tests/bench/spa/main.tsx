// What antd's guide shows: a frame with a menu, a search, a table of fifty rows read from the server. The yardstick for the SPA.
import { ConfigProvider, Input, Layout, Menu, Table, Tag } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

interface Row {
  id: number;
  no: string;
  house: string;
  text: string;
  technician: string;
  state: string;
  at: string;
}

const columns = [
  { title: '编号', dataIndex: 'no' },
  { title: '房号', dataIndex: 'house' },
  { title: '内容', dataIndex: 'text' },
  { title: '维修人员', dataIndex: 'technician' },
  { title: '状态', dataIndex: 'state', render: (state: string) => <Tag>{state}</Tag> },
  { title: '时间', dataIndex: 'at' },
];

function Page() {
  const [rows, setRows] = useState<Row[]>();
  useEffect(() => {
    fetch('/rows.json')
      .then((answer) => answer.json())
      .then(setRows);
  }, []);
  return (
    <Layout>
      <Layout.Sider>
        <Menu theme="dark" items={['报修', '投诉', '回访', '房屋'].map((label) => ({ key: label, label }))} />
      </Layout.Sider>
      <Layout.Content>
        <Input.Search placeholder="搜索" />
        <Table rowKey="id" columns={columns} dataSource={rows} loading={!rows} pagination={false} />
      </Layout.Content>
    </Layout>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <ConfigProvider locale={zhCN}>
      <Page />
    </ConfigProvider>
  </StrictMode>,
);
